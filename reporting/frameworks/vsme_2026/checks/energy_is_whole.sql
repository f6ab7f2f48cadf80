-- rule: VSME-R01
-- clause: VSME 29
-- severity: error
-- wording: Energy is the sum of its parts
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'B3_energy' as subject, plain_number(w.value) || ' is not the sum of B3_electricity_renewable, B3_electricity_non_renewable, B3_self_generated, B3_fuel_renewable, B3_fuel_non_renewable: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('B3_electricity_renewable', 'B3_electricity_non_renewable', 'B3_self_generated', 'B3_fuel_renewable', 'B3_fuel_non_renewable') where w.datapoint = 'B3_energy' group by w.value
having count(*) = 5 and abs(sum(p.value) - w.value) > 0.000001
