-- fact: credits_planned
-- place: Carbon credits
with open as (
    select p.period, case when c.planned_for = '' then 'without a date' else 'in ' || c.planned_for end as planned, c.status = 'contracted' as is_contracted, sum(c.t_co2e) as t_co2e
    from carbon_credit c join period p on c.acquired_on < p.ends and (c.retired_on is null or c.retired_on >= p.ends) group by all
)
select f.framework, o.period, 'stated' as status, string_agg(plain_number(o.t_co2e) || ' t CO2e ' || o.planned || case when o.is_contracted then ' (by contract)' else ' (held)' end, '; ' order by o.planned, o.is_contracted) as text
from framework f cross join open o group by f.framework, o.period
