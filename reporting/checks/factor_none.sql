-- rule: factor/none-found
-- severity: error
-- stage: 36
-- cell: activity_type
-- fix: name a factor by its id in the column `factor` of the row, put one for the place into a set of your own (factors/README.md), or give the quantity in a unit that a factor has; `ghg why-not INVENTORY ACTIVITY` lists the candidates
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, case when k.basis = 'provisional' then 'provisional' else k.basis end as basis,
    'no factor for ' || a.activity_type || case when a.factor_pin <> '' then ' pinned to ' || a.factor_pin else '' end || ' per ' || a.unit || ' in ' || coalesce(a.region, '?') || case when k.basis = 'both' then '' else ' (' || k.basis || ')' end || ', '
        || strftime(a.month, '%Y-%m') || case when a.derivation = 'adds' then ', a row that follows from this one and takes no factor by its id' else '' end || coalesce('; nearest: ' || o.factor_id || ', ' || o.reason, '') as message
from activity a join month_interval m using (month)
join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
    and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
left join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
left join (select resolution_key, arg_min(factor_id, (geography_distance, year_distance, factor_id)) as factor_id,
    arg_min(reason, (geography_distance, year_distance, factor_id)) as reason from resolution where rank = 0 group by all) o on o.resolution_key = k.resolution_key
left join unloaded_residual u on u.resolution_key = k.resolution_key
left join unpriced_activity s on s.activity_id = a.activity_id
where r.factor_id is null and u.resolution_key is null and s.activity_id is null and a.counts and a.unit not in (select currency from deflator)
