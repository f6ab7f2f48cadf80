-- rule: VSME-R02
-- clause: VSME 30
-- severity: error
-- wording: The location-based sum of Scopes 1 and 2 is that of its parts
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'B3_scope1_and_2_location' as subject, plain_number(w.value) || ' is not the sum of B3_scope1, B3_scope2_location: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('B3_scope1', 'B3_scope2_location') where w.datapoint = 'B3_scope1_and_2_location' group by w.value
having count(*) = 2 and abs(sum(p.value) - w.value) > 0.000001
