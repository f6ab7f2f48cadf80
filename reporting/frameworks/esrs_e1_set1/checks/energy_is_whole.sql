-- rule: E1-R01
-- clause: ESRS E1 37 a to c
-- severity: error
-- wording: Energy is the sum of fossil, nuclear and renewable sources
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_energy' as subject, plain_number(w.value) || ' is not the sum of E1-5_02, E1-5_03, E1-5_05: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('E1-5_02', 'E1-5_03', 'E1-5_05') where w.datapoint = 'E1-5_energy' group by w.value
having count(*) = 3 and abs(sum(p.value) - w.value) > 0.000001
