-- rule: E1-R03
-- clause: ESRS E1 38 a to e
-- severity: error
-- wording: In high climate impact sectors fossil energy is split by source and adds up
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
-- applies: high_climate_impact
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_02' as subject, plain_number(w.value) || ' is not the sum of E1-5_10, E1-5_11, E1-5_12, E1-5_13, E1-5_14: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('E1-5_10', 'E1-5_11', 'E1-5_12', 'E1-5_13', 'E1-5_14') where w.datapoint = 'E1-5_02' group by w.value
having count(*) = 5 and abs(sum(p.value) - w.value) > 0.000001
