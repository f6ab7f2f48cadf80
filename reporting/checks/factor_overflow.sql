-- rule: factor/product-too-large
-- severity: error
-- stage: 36
-- fix: check quantity and unit
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'quantity times factor leaves 38 digits' as message
from activity a join month_interval m using (month)
join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
    and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
left join price p on p.resolution_key = k.resolution_key where p.factor_id is null
