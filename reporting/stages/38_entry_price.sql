-- What an activity is multiplied with, in every view: the price of its key, the GWP of the view's set and the view's weight, once per month, entity and hosting.
-- The ledger is then one equality join and four products; nothing is looked up by row.
-- head + tail is the factor cut after 8 decimals (tail in units of 1e-8), and the GWP before and after the point: with them 40_entry.sql multiplies without dividing.
-- Compared at one scale: between scales, engines round before they compare. total_key names the columns of 44_entry_total.sql that the price alone decides.
-- price_line is a view, because it is wide and read twice: written down once it costs more than made twice.
create view price_line as
select p.activity_type, p.region, p.supplier, p.factor_pin, p.unit, p.bases, p.need, k.month, k.entity, k.hosting, substr(cast(k.month as varchar), 1, 7) as period,
    '/' || case when k.moved = '' then p.basis else 'both' end || '/' || p.factor_id || '/' || p.gas || case when p.is_biogenic then '.biogenic' else '' end || '/' || k.view as line,
    k.view, k.activity_label, k.scope, k.scope3_category, k.iso_category, k.energy_source, coalesce(n.country, '') as entity_country,
    case when k.moved = '' then p.basis else 'both' end as basis, k.moved, p.factor_id, p.set_id, p.factor_label, p.factor_citation, p.factor_region, t.publisher as factor_publisher, t.title || ', ' || t.edition as factor_publication,
    p.gas, coalesce(u.gas_group, g.gas_group, 'other') as gas_group, p.is_biogenic, p.multiplier, p.factor_unit, p.factor, p.value_as,
    case when p.value_as = 'kg_co2e' then cast(1 as decimal(38,3)) else g.value end as gwp, k.share, p.geography_distance, p.year_distance, p.is_fallback,
    case when p.value_as = 'kg_co2e' and p.gas <> 'CO2' and p.factor_gwp_set <> k.gwp_set then 1 else 0 end as is_other_gwp_set, p.market_tier
from price p
join month_interval m on m.interval_start = p.interval_start
join classification_key k on k.activity_type = p.activity_type and k.month = m.month
join factor_set t on t.set_id = p.set_id
left join gwp g on g.gwp_set = k.gwp_set and g.gas = p.gas
left join (select gas, min(gas_group) as gas_group from gwp group by gas) u on u.gas = p.gas
left join (select entity, min(country) as country from entity group by entity) n on n.entity = k.entity
where (p.value_as = 'kg_co2e' or g.value is not null) and k.share <> 0 and (k.moved = '' or p.basis in ('both', 'location'));

create table entry_price as
with cut as (
    select l.*, case when l.multiplier = cast(cast(l.multiplier as decimal(38,0)) as decimal(38,14)) then cast(l.multiplier as decimal(38,0)) end as multiplier_whole,
        cast(l.gwp as decimal(38,0)) - case when cast(cast(l.gwp as decimal(38,0)) as decimal(38,3)) > l.gwp then 1 else 0 end as gwp_head,
        case when l.factor >= 0 and l.factor < 1000000000 then cast(l.factor as decimal(38,8))
            - case when cast(cast(l.factor as decimal(38,8)) as decimal(38,14)) > l.factor then 0.00000001 else cast(0 as decimal(8,8)) end end as head
    from price_line l
),
-- Numbered once per distinct place: a window over the lines themselves costs more than all the rest where there are thousands of keys.
place as (
    select row_number() over (order by month, view, entity, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, is_fallback, is_other_gwp_set)
            as total_key, d.*
    from (select distinct month, view, entity, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, is_fallback, is_other_gwp_set from price_line) d
)
select c.*, cast(c.gwp - c.gwp_head as decimal(3,3)) as gwp_tail, cast(c.head as decimal(18,8)) as factor_head,
    cast((c.factor - c.head) * 100000000 as decimal(18,6)) as factor_tail, p.total_key
from cut c
join place p on p.month = c.month and p.view = c.view and p.entity = c.entity and p.scope = c.scope and p.scope3_category = c.scope3_category
    and p.iso_category = c.iso_category and p.gas_group = c.gas_group and p.basis = c.basis and p.is_biogenic = c.is_biogenic and p.energy_source = c.energy_source
    and p.is_fallback = c.is_fallback and p.is_other_gwp_set = c.is_other_gwp_set
order by c.activity_type, c.region, c.supplier, c.factor_pin, c.unit, c.bases, c.need, c.month, c.entity, c.hosting, c.line;
