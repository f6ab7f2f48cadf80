-- rule: E1-R08
-- clause: ESRS E1 39
-- severity: warning
-- wording: Own production is given apart, renewable not below what is consumed of it, and is no part of consumption
-- fix: give energy_production_renewable under inputs with all that was generated
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_17' as subject, plain_number(w.value) || ' MWh renewable production is less than the ' || plain_number(c.value) || ' MWh of it that were consumed' as message
from v w join v c on c.datapoint = 'E1-5_08' where w.datapoint = 'E1-5_17' and w.value < c.value
