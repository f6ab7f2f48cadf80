-- rule: E1-R09
-- clause: ESRS E1 40, 41
-- severity: error
-- wording: Energy intensity uses only energy and net revenue of high climate impact sectors
-- fix: give net_revenue_high_impact under inputs and the NACE code of each entity
-- applies: high_climate_impact
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_18' as subject, plain_number(i.value) || ' is not ' || plain_number(e.value) || ' MWh over ' || plain_number(r.value) || ' million' as message
from v i join v e on e.datapoint = 'E1-5_19' join v r on r.datapoint = 'E1-5_22' where i.datapoint = 'E1-5_18' and abs(i.value * r.value - e.value) > 0.001
