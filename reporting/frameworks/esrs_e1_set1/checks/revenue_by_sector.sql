-- rule: E1-R11
-- clause: ESRS E1 43, AR 38
-- severity: error
-- wording: Net revenue of high climate impact sectors and of the others make net revenue
-- fix: correct net_revenue_high_impact and net_revenue_not_high_impact under inputs
-- applies: high_climate_impact
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-5_22' as subject, plain_number(h.value) || ' + ' || plain_number(o.value) || ' is not the net revenue ' || plain_number(n.value) as message
from v h join v o on o.datapoint = 'E1-5_23' join v n on n.datapoint = 'E1-6_net_revenue' where h.datapoint = 'E1-5_22' and h.value + o.value <> n.value
