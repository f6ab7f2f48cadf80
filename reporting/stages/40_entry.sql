-- The calculation ledger: one line per activity, basis, gas and view. Multiplication, nothing else:
-- quantity in the factor's unit x factor = kg, x GWP x share = kg CO2e; each product is rounded to 12 decimals, half away from zero.
create table entry as
with priced as (
    select a.activity_id, a.month, a.entity, a.hosting, a.activity_type, p.basis, p.factor_id, p.factor_unit, p.multiplier, p.geography_distance, p.year_distance,
        p.is_fallback, p.gas, p.factor, p.value_as, p.is_biogenic, p.factor_gwp_set, cast(a.quantity * p.multiplier as decimal(38,10)) as quantity
    from activity a
    join month_interval m on m.month = a.month
    join price p on p.activity_type = a.activity_type and p.region = a.region and p.supplier = a.supplier and p.factor_pin = a.factor_pin and p.unit = a.unit
        and p.interval_start = m.interval_start and p.bases = a.bases and p.need = a.basis
    left join suppressed_activity s on s.activity_id = a.activity_id
    where a.counts and a.quantity is not null and s.activity_id is null
),
massed as (select p.*, cast(p.quantity * p.factor as decimal(38,12)) as mass from priced p)
select m.activity_id || '/' || m.basis || '/' || m.factor_id || '/' || m.gas || case when m.is_biogenic then '.biogenic' else '' end || '/' || k.view as entry_id,
    m.activity_id, m.factor_id, m.basis, m.gas, coalesce(n.gas_group, g.gas_group, 'other') as gas_group, m.is_biogenic, k.view, m.multiplier, m.quantity, m.factor_unit,
    m.factor, m.value_as, case when m.value_as = 'kg_co2e' then cast(1 as decimal(38,3)) else g.value end as gwp, k.share,
    case when m.value_as = 'kg_gas' or m.gas = 'CO2' then m.mass end as kg_gas,
    cast(cast(m.mass * case when m.value_as = 'kg_co2e' then cast(1 as decimal(38,3)) else g.value end as decimal(38,12)) * k.share as decimal(38,12)) as kg_co2e,
    m.geography_distance, m.year_distance, m.is_fallback,
    case when m.value_as = 'kg_co2e' and m.gas <> 'CO2' and m.factor_gwp_set <> k.gwp_set then 1 else 0 end as is_other_gwp_set
from massed m
join classification_key k on k.activity_type = m.activity_type and k.hosting = m.hosting and k.entity = m.entity and k.month = m.month
left join gwp g on g.gwp_set = k.gwp_set and g.gas = m.gas
left join (select gas, min(gas_group) as gas_group from gwp group by gas) n on n.gas = m.gas
where (m.value_as = 'kg_co2e' or g.value is not null) and k.share <> 0;
