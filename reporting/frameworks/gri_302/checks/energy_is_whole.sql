-- rule: GRI302-R01
-- clause: GRI 302-1 e
-- severity: error
-- wording: Energy within the organisation is the sum of its parts
-- fix: look at the parts with ghg trace; what is withheld or not known must be mended first
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select '302-1_total' as subject, plain_number(w.value) || ' is not the sum of 302-1_fuel_non_renewable, 302-1_fuel_renewable, 302-1_purchased, 302-1_self_generated: ' || plain_number(sum(p.value)) as message
from v w join v p on p.datapoint in ('302-1_fuel_non_renewable', '302-1_fuel_renewable', '302-1_purchased', '302-1_self_generated') where w.datapoint = '302-1_total' group by w.value
having count(*) = 4 and abs(sum(p.value) - w.value) > 0.000001
