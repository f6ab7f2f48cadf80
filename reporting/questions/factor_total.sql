-- CO2e of one unit of every factor under every GWP set, biogenic CO2 apart; NULL where the set has no value for one of its gases, never a part of the sum.
-- A value published as CO2e of a gas stays what it is under any set, as in the ledger.
create or replace temp table factor_total as
with gas_value as (
    select f.set_id, f.factor_id, s.gwp_set, f.gas, f.is_biogenic, f.value,
        case when f.value_as = 'kg_co2e' then f.value else cast(f.value * g.value as decimal(38,14)) end as kg_co2e
    from factor f
    cross join (select distinct gwp_set from gwp where gwp_set in ('SAR', 'TAR', 'AR4', 'AR5', 'AR6')) s
    left join gwp g on g.gwp_set = s.gwp_set and g.gas = f.gas
)
select set_id, factor_id, gwp_set,
    case when bool_or(kg_co2e is null and not is_biogenic) then null
        else coalesce(sum(kg_co2e) filter (where not is_biogenic), cast(0 as decimal(38,14))) end as kg_co2e,
    coalesce(sum(kg_co2e) filter (where is_biogenic), cast(0 as decimal(38,14))) as biogenic_kg_co2,
    coalesce(list(distinct gas order by gas) filter (where kg_co2e is null), []) as missing_gases
from gas_value
group by all
