-- rule: intake/quantity-taken-back
-- severity: error
-- stage: 21
-- cell: quantity
-- of: replacement
-- fix: leave `replaces` empty in the row that stands in the place of one that a credit takes back, or list the credit that is told twice in exclusions.csv with a reason
-- citation: docs/tables.md
with told as (
    select p.replaced_activity_id, b.quantity, b.unit, bool_or(a.quantity >= 0) as is_replaced, coalesce(sum(a.quantity) filter (where a.quantity < 0 and a.unit = b.unit), 0) as taken
    from replacement p
    join activity_row a on a.activity_id = p.activity_id
    join activity_row b on b.activity_id = p.replaced_activity_id and b.quantity >= 0
    join activity_type t on t.activity_type = b.activity_type and not t.allows_negative
    group by all
)
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    case when o.is_replaced then 'it takes back ' || o.replaced_activity_id || ', whose place another row takes: it would be taken back twice'
        else 'of the ' || decimal_text(o.quantity) || ' ' || o.unit || ' of ' || o.replaced_activity_id || ' ' || decimal_text(-o.taken) || ' are taken back' end as message
from told o join replacement p on p.replaced_activity_id = o.replaced_activity_id join activity_row a on a.activity_id = p.activity_id
where a.quantity < 0 and (o.is_replaced or o.quantity + o.taken < 0)
