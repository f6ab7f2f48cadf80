-- What an activity is multiplied with, in every view: the price of its key, the GWP of the view's set and the view's weight, once per month, entity and hosting.
-- The ledger is then one equality join and four products; nothing is looked up by row.
create table entry_price as
select p.activity_type, p.region, p.supplier, p.factor_pin, p.unit, p.bases, p.need, k.month, k.entity, k.hosting, substr(cast(k.month as varchar), 1, 7) as period,
    '/' || p.basis || '/' || p.factor_id || '/' || p.gas || case when p.is_biogenic then '.biogenic' else '' end || '/' || k.view as line,
    k.view, k.activity_label, k.scope, k.scope3_category, k.iso_category, k.energy_source, coalesce(n.country, '') as entity_country,
    p.basis, p.factor_id, p.set_id, p.factor_label, p.factor_citation, p.factor_region, t.publisher as factor_publisher, t.title || ', ' || t.edition as factor_publication,
    p.gas, coalesce(u.gas_group, g.gas_group, 'other') as gas_group, p.is_biogenic, p.multiplier, p.factor_unit, p.factor, p.value_as,
    case when p.value_as = 'kg_co2e' then cast(1 as decimal(38,3)) else g.value end as gwp, k.share, p.geography_distance, p.year_distance, p.is_fallback,
    case when p.value_as = 'kg_co2e' and p.gas <> 'CO2' and p.factor_gwp_set <> k.gwp_set then 1 else 0 end as is_other_gwp_set
from price p
join month_interval m on m.interval_start = p.interval_start
join classification_key k on k.activity_type = p.activity_type and k.month = m.month
join factor_set t on t.set_id = p.set_id
left join gwp g on g.gwp_set = k.gwp_set and g.gas = p.gas
left join (select gas, min(gas_group) as gas_group from gwp group by gas) u on u.gas = p.gas
left join (select entity, min(country) as country from entity group by entity) n on n.entity = k.entity
where (p.value_as = 'kg_co2e' or g.value is not null) and k.share <> 0;
