-- rule: factor/lock-choice
-- severity: error
-- stage: 36
-- of: lock_choice
-- fix: restore what chose the factor (set, region, activity type), or lock the period anew with `ghg factors lock --reason`
-- citation: docs/locks.md
select null as source_id, null as file_no, null as row_no, 'lock:' || c.period as subject, 'both' as basis,
    c.period || ' is locked with factor ' || c.factor_id || ' of set ' || c.set_id || ' for ' || c.activity_type || ' per ' || c.unit || ' in ' || c.region || ' (' || c.basis || '), and '
        || coalesce('the choice is now ' || r.factor_id || ' of set ' || r.set_id, 'no factor may be used now') as message
from lock_choice c
join month_interval m on m.month = c.month
join resolution_key k on k.activity_type = c.activity_type and k.region = c.region and k.supplier = c.supplier and k.factor_pin = c.factor_pin and k.unit = c.unit
    and k.bases = c.bases and k.need = c.need and k.basis = c.basis and k.interval_start = m.interval_start
left join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
where r.factor_id is null or r.factor_id <> c.factor_id or r.set_id <> c.set_id
