-- rule: scope3/counted-twice
-- severity: error
-- stage: 21
-- fix: exclude one of the two rows as duplicate, or give each its own evidence
-- citation: GHG Protocol Scope 3 Standard categories 1 and 2, 4 and 9
with placed as (
    select a.*, t.scope3_category, case when t.scope3_category in ('1', '2') then 'purchase' else 'shipment' end as thing
    from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    join activity_type t on t.activity_type = a.activity_type
    where t.scope = '3' and t.scope3_category in ('1', '2', '4', '9') and a.quantity is not null and coalesce(a.evidence, a.given_id) is not null
)
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the same ' || a.thing || ' stands in category ' || a.scope3_category || ' here and in category ' || b.scope3_category || ' in ' || b.activity_id as message
from placed a
join placed b on b.thing = a.thing and b.scope3_category <> a.scope3_category and b.quantity = a.quantity and b.unit = a.unit and b.period_start = a.period_start
    and b.supplier = a.supplier and b.entity is not distinct from a.entity and coalesce(b.evidence, b.given_id) = coalesce(a.evidence, a.given_id)
