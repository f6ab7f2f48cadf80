-- rule: E1-R50
-- clause: ESRS E1 53, 54; AR 53
-- severity: error
-- wording: GHG intensity is total emissions over net revenue, for both methods
-- fix: look at total and net revenue with ghg trace
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select i.datapoint as subject, plain_number(i.value) || ' times ' || plain_number(r.value) || ' is not ' || plain_number(t.value) || ' t CO2e' as message
from v i join v t on t.datapoint = replace(i.datapoint, 'intensity', 'total') join v r on r.datapoint = 'E1-6_net_revenue'
where i.datapoint in ('E1-6_intensity_location', 'E1-6_intensity_market') and abs(i.value * r.value - t.value) > 0.001
