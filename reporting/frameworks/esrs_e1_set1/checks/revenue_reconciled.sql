-- rule: E1-R51
-- clause: ESRS E1 55; AR 55
-- severity: error
-- wording: Net revenue is reconciled with the financial statements: used and other make the whole
-- fix: correct net_revenue, net_revenue_other and revenue under inputs, or write the cross reference
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_33' as subject, plain_number(u.value) || ' + ' || plain_number(o.value) || ' is not the revenue ' || plain_number(r.value) as message
from v r join v u on u.datapoint = 'E1-6_net_revenue' join v o on o.datapoint = 'E1-6_35' where r.datapoint = 'E1-6_33' and u.value + o.value <> r.value
