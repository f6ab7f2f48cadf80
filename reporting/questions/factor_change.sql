-- What became of every factor of factor_pair: gas by gas, and its CO2e under one GWP set (biogenic CO2 apart). Change in per cent of the earlier, rounded half away from zero
-- to 2 decimals; none where the earlier is 0 or a GWP is unknown. Variable gwp_set.
create or replace temp table factor_change as
with side_value as (
    select p.earlier_set, p.later_set, p.earlier_id, p.later_id, f.gas, f.is_biogenic, 'earlier' as side, f.value, f.value_as
    from factor_pair p join factor f on f.set_id = p.earlier_set and f.factor_id = p.earlier_id
    union all
    select p.earlier_set, p.later_set, p.earlier_id, p.later_id, f.gas, f.is_biogenic, 'later', f.value, f.value_as
    from factor_pair p join factor f on f.set_id = p.later_set and f.factor_id = p.later_id
),
gas_value as (
    select earlier_set, later_set, coalesce(earlier_id, '') as earlier_id, coalesce(later_id, '') as later_id, gas, is_biogenic,
        max(value) filter (where side = 'earlier') as earlier_value, max(value) filter (where side = 'later') as later_value,
        max(value_as) filter (where side = 'earlier') as earlier_as, max(value_as) filter (where side = 'later') as later_as
    from side_value
    group by all
),
compared as (
    select *, earlier_value is not distinct from later_value and earlier_as is not distinct from later_as as is_same from gas_value
),
factor_value as (
    select earlier_set, later_set, earlier_id, later_id, bool_and(is_same) as is_same,
        list(struct_pack(gas := gas, is_biogenic := is_biogenic, earlier := earlier_value, later := later_value, value_as := coalesce(later_as, earlier_as),
            change_percent := case when earlier_value <> 0 and earlier_as = later_as
                then cast(round(scaled_quotient((later_value - earlier_value) * 100, earlier_value), 2) as decimal(38,2)) end) order by is_biogenic, gas) as gases
    from compared group by earlier_set, later_set, earlier_id, later_id
)
select v.earlier_set, v.later_set, v.earlier_id, v.later_id, p.matched_by, h.label, h.activity_type, h.region, h.per_unit,
    case when v.earlier_id = '' then 'added' when v.later_id = '' then 'removed' when v.is_same then 'unchanged' else 'changed' end as status,
    e.kg_co2e as earlier_kg_co2e, l.kg_co2e as later_kg_co2e, l.kg_co2e - e.kg_co2e as change_kg_co2e,
    case when e.kg_co2e <> 0 then cast(round(scaled_quotient((l.kg_co2e - e.kg_co2e) * 100, e.kg_co2e), 2) as decimal(38,2)) end as change_percent, v.gases
from factor_value v
join (select earlier_set, later_set, coalesce(earlier_id, '') as earlier_id, coalesce(later_id, '') as later_id, matched_by from factor_pair) p
    on p.earlier_set = v.earlier_set and p.later_set = v.later_set and p.earlier_id = v.earlier_id and p.later_id = v.later_id
join (select set_id, factor_id, min(label) as label, min(activity_type) as activity_type, min(region) as region, min(per_unit) as per_unit from factor group by set_id, factor_id) h
    on h.set_id = case when v.later_id = '' then v.earlier_set else v.later_set end and h.factor_id = case when v.later_id = '' then v.earlier_id else v.later_id end
left join factor_total e on e.set_id = v.earlier_set and e.factor_id = v.earlier_id and e.gwp_set = getvariable('gwp_set')
left join factor_total l on l.set_id = v.later_set and l.factor_id = v.later_id and l.gwp_set = getvariable('gwp_set');
