-- The figures of the period on both sides as a reader knows them. Parameter: period.
select coalesce(n.figure_id, o.figure_id) as id, coalesce(n.framework, o.framework) as framework, coalesce(n.label, o.label) as label, coalesce(n.unit, o.unit) as unit, coalesce(n.decimals, o.decimals) as decimals,
    coalesce(n.kind, o.kind) as kind, coalesce(n.is_total, o.is_total) as is_total, coalesce(n.reason, '') as reason
from (from run_old.figure where period = getvariable('bridge_period')) o
full join (from run_new.figure where period = getvariable('bridge_period')) n on n.figure_id = o.figure_id
order by coalesce(n.position, 1000000 + o.position), id
