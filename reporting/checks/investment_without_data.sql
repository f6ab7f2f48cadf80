-- rule: boundary/investment-without-data
-- severity: warning
-- stage: 44
-- fix: add its Scope 1 and 2 activity, or category 15 rows whose supplier is the entity (with `investment: stated`), or exclude category 15 with a reason
-- citation: GHG Protocol Scope 3 Standard Box 5.1, category 15
with left_out as (
    select distinct e.entity, e.name, v.view, p.period, p.starts, p.ends
    from entity e cross join view v join period p on p.is_disclosed and e.valid_from < p.ends and e.valid_to > p.starts
    where e.ownership > 0 and case v.approach when 'operational_control' then not e.operational_control
        when 'financial_control' then not e.financial_control and not e.joint_financial_control else false end
),
reported as (
    select k.view, a.entity, a.month from activity a join classification k using (activity_id) where k.moved = 'investment' and a.counts and a.role = 'inventory'
    union all
    select k.view, a.supplier, a.month from activity a join classification k using (activity_id)
    where k.scope3_category = '15' and k.moved = '' and k.share <> 0 and a.counts and a.role = 'inventory'
)
select null as source_id, null as file_no, null as row_no, 'entity:' || l.entity as subject, 'both' as basis,
    'entity "' || l.entity || '" is outside the view ' || l.view || ' and has no line in category 15 for ' || l.period as message
from left_out l anti join reported r on r.view = l.view and r.entity = l.entity and r.month >= l.starts and r.month < l.ends
where not exists (from scope3_category c where c.category = '15' and c.status = 'excluded')
