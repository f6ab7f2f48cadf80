-- rule: E1-R02
-- clause: ESRS E1 37 c i to iii
-- severity: error
-- wording: Renewable energy is the sum of fuels, purchased energy and own generation
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_05' as subject, plain_number(w.value) || ' is not the sum of E1-5_06, E1-5_07, E1-5_08: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('E1-5_06', 'E1-5_07', 'E1-5_08') where w.datapoint = 'E1-5_05' group by w.value
having count(*) = 3 and abs(sum(p.value) - w.value) > 0.000001
