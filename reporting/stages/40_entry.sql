-- The calculation ledger: one line per activity, basis, gas and view, with the columns of its activity. Multiplication, nothing else:
-- quantity in the factor's unit x factor = kg, x GWP x share = kg CO2e; each product is rounded to 12 decimals, half away from zero.
-- Three short ways give the same digits as the plain product, because what they leave out is zero: a factor of 1 is not multiplied, a whole multiplier needs no
-- rounding, and a quantity of at most 4 decimals times head and tail of the factor is rounded in 64 bits (dividing 128 bits costs ten times more).
-- A view: a large inventory is never held whole in memory.
create view entry as
with priced as (
    select a.*, p.line, p.period, p.view, p.activity_label, p.scope, p.scope3_category, p.iso_category, p.energy_source, coalesce(s.country, p.entity_country) as country,
        p.basis as price_basis, p.factor_id, p.set_id, p.factor_label, p.factor_citation, p.factor_region, p.factor_publisher, p.factor_publication, p.gas, p.gas_group,
        p.is_biogenic, p.multiplier, p.factor_unit, p.factor, p.value_as, p.gwp, p.share, p.geography_distance, p.year_distance, p.is_fallback, p.is_other_gwp_set, p.market_tier,
        p.factor_head, p.factor_tail, p.gwp_head, p.gwp_tail, p.total_key, p.moved,
        case when p.multiplier = 1 then a.quantity when p.multiplier_whole is not null then cast(a.quantity * p.multiplier_whole as decimal(38,10))
            else cast(a.quantity * p.multiplier as decimal(38,10)) end as factor_quantity
    from activity a
    join entry_price p on p.activity_type = a.activity_type and p.region = a.region and p.supplier = a.supplier and p.factor_pin = a.factor_pin and p.unit = a.unit
        and p.bases = a.bases and p.need = a.basis and p.month = a.month and p.entity = a.entity and p.hosting = a.hosting
    left join unpriced_activity x on x.activity_id = a.activity_id
    left join site s on s.site = a.site
    where a.counts and a.quantity is not null and x.activity_id is null
),
narrow as (
    select p.*, try_cast(p.factor_quantity as decimal(18,10)) as narrow_quantity, cast(try_cast(p.factor_quantity as decimal(18,10)) as decimal(18,4)) as short_quantity from priced p
),
massed as (
    select n.*, case when n.narrow_quantity = n.short_quantity and n.narrow_quantity >= 0 and n.factor_head is not null
        then cast(cast(n.short_quantity as decimal(38,4)) * n.factor_head + cast(n.short_quantity * n.factor_tail as decimal(18,4)) * 0.00000001 as decimal(38,12))
        else cast(n.factor_quantity * n.factor as decimal(38,12)) end as mass
    from narrow n
),
warmed as (
    select m.*, case when m.gwp = 1 then m.mass
        when try_cast(m.mass as decimal(15,12)) is not null
            then cast(m.mass * m.gwp_head + cast(try_cast(m.mass as decimal(15,12)) * m.gwp_tail as decimal(18,12)) as decimal(38,12))
        else cast(m.mass * m.gwp as decimal(38,12)) end as warming
    from massed m
)
select w.activity_id || w.line as entry_id, w.activity_id, w.parent_activity_id, w.derivation, w.period, w.month, w.period_start, w.period_end, w.entity, w.site, w.country,
    w.meter, w.activity_type, w.activity_label, w.role, w.scope, w.scope3_category, w.iso_category, w.energy_source, w.view, w.price_basis as basis, w.gas, w.gas_group,
    w.is_biogenic, w.quantity as activity_quantity, w.unit as activity_unit, w.multiplier, w.factor_quantity as quantity, w.factor_unit, w.factor, w.value_as, w.gwp, w.share,
    case when w.value_as = 'kg_gas' or w.gas = 'CO2' then case when w.share = 1 then w.mass else cast(w.mass * w.share as decimal(38,12)) end end as kg_gas,
    case when w.share = 1 then w.warming else cast(w.warming * w.share as decimal(38,12)) end as kg_co2e,
    w.factor_id, w.set_id, w.factor_label, w.factor_citation, w.factor_publisher, w.factor_publication, w.factor_region, w.geography_distance, w.year_distance, w.is_fallback,
    w.is_other_gwp_set, w.data_quality, w.data_origin, w.read_status,
    case when w.moved = 'investment' then '' else w.system end as system, w.lifecycle_stage, w.supplier, w.region, w.hosting, w.source_id, w.file_no, w.row_no,
    w.evidence, w.note, w.market_tier, w.total_key
from warmed w;
