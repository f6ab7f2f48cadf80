-- rule: E1-R21 location
-- clause: ESRS E1 52 a, b; AR 47
-- severity: error
-- wording: The location-based total is Scope 1, location-based Scope 2 and Scope 3
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_total_location' as subject, plain_number(w.value) || ' is not the sum of E1-6_scope1, E1-6_scope2_location, E1-6_scope3: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('E1-6_scope1', 'E1-6_scope2_location', 'E1-6_scope3') where w.datapoint = 'E1-6_total_location' group by w.value
having count(*) = 3 and abs(sum(p.value) - w.value) > 0.000001
