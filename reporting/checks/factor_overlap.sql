-- rule: factor/overlap
-- severity: error
-- stage: 4
-- fix: end the validity of one where the other begins, tell them apart by activity type, region or supplier, or leave the activity type of one blank so that it is used only where a row names it
-- citation: docs/tables.md
-- Two factors of one set for the same key and day: nothing but their ids would say which one is meant.
with head as (
    select f.set_id, f.factor_id, f.activity_type, f.region, f.supplier, f.basis, f.boundary, u.dimension, f.valid_from, f.valid_to, min(f.row_no) as row_no
    from factor f join unit u on u.unit = f.per_unit
    where f.activity_type <> ''
    group by f.set_id, f.factor_id, f.activity_type, f.region, f.supplier, f.basis, f.boundary, u.dimension, f.valid_from, f.valid_to
)
select null as source_id, null as file_no, b.row_no, 'factor:' || b.factor_id as subject, 'both' as basis,
    'factors "' || a.factor_id || '" and "' || b.factor_id || '" of set ' || b.set_id || ' both price ' || b.activity_type || ' per unit of ' || b.dimension || ' in ' || b.region
        || case when b.supplier <> '' then ' by ' || b.supplier else '' end || ' from ' || greatest(a.valid_from, b.valid_from) || ' up to, not including, '
        || least(a.valid_to, b.valid_to) as message
from head a
join head b on b.set_id = a.set_id and b.activity_type = a.activity_type and b.region = a.region and b.supplier = a.supplier and b.basis = a.basis and b.boundary = a.boundary
    and b.dimension = a.dimension
where (a.factor_id, a.valid_from) < (b.factor_id, b.valid_from) and a.valid_from < b.valid_to and b.valid_from < a.valid_to
