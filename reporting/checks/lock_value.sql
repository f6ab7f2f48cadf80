-- rule: factor/lock-value
-- severity: error
-- stage: 36
-- fix: restore the factor set and publish the new values as a new edition, or lock the period anew with `ghg factors lock --reason`
-- citation: docs/locks.md
with now as (
    select f.set_id, f.factor_id, f.gas, f.is_biogenic, f.value, f.value_as, f.per_unit,
        rtrim(rtrim(cast(f.value as varchar), '0'), '.') || case when f.value_as = 'kg_gas' then ' kg' else ' kg CO2e' end || ' per ' || f.per_unit as shown
    from factor f
),
locked as (
    select v.*, rtrim(rtrim(cast(v.value as varchar), '0'), '.') || case when v.value_as = 'kg_gas' then ' kg' else ' kg CO2e' end || ' per ' || v.per_unit as shown from lock_value v
),
pair as (
    select l.period, l.set_id, l.factor_id, l.gas, l.is_biogenic, l.shown as before, n.shown as after
    from locked l left join now n on n.set_id = l.set_id and n.factor_id = l.factor_id and n.gas = l.gas and n.is_biogenic = l.is_biogenic
    where n.value is null or n.value <> l.value or n.value_as <> l.value_as or n.per_unit <> l.per_unit
    union all
    select u.period, n.set_id, n.factor_id, n.gas, n.is_biogenic, null, n.shown
    from now n join (select distinct period, set_id, factor_id from lock_value) u on u.set_id = n.set_id and u.factor_id = n.factor_id
    left join lock_value l on l.period = u.period and l.set_id = n.set_id and l.factor_id = n.factor_id and l.gas = n.gas and l.is_biogenic = n.is_biogenic
    where l.period is null
)
select null as source_id, null as file_no, null as row_no, 'lock:' || period as subject, 'both' as basis,
    period || ' is locked with ' || gas || case when is_biogenic then ' (biogenic)' else '' end || ' of factor ' || factor_id || ' of set ' || set_id || ' at ' || coalesce(before, 'no value')
        || ', and it is now ' || coalesce(after, 'gone') as message
from pair
