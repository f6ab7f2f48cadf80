-- Every factor considered for an activity, by activity and basis, winner first, then the other usable ones in order, then those that may not be used.
-- Activities with one resolution key are one group. Tables asked_activity, factor_total. Parameter: gwp_set.
with keyed as (
    select a.activity_id, a.derivation, a.month, k.resolution_key, k.basis, k.activity_type, k.region, k.supplier, k.unit, k.boundary
    from asked_activity q
    join activity a on a.activity_id = q.activity_id
    join month_interval m on m.month = a.month
    join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
        and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
    where a.counts and a.quantity is not null
),
asked as (
    select resolution_key, min(activity_id) as activity_id, any_value(derivation) as derivation, min(month) as first_month, max(month) as last_month, any_value(basis) as basis,
        any_value(activity_type) as activity_type, any_value(region) as region, any_value(supplier) as supplier, any_value(unit) as unit, any_value(boundary) as boundary_asked
    from keyed group by resolution_key
)
select a.activity_id, a.activity_type, t.label as activity_label, a.derivation, a.region, a.supplier, a.unit, strftime(a.first_month, '%Y-%m') as first_month,
    strftime(a.last_month, '%Y-%m') as last_month, a.basis, a.boundary_asked, r.rank, r.factor_id, h.label, r.set_id, s.title || ', ' || s.edition as publication,
    h.region as factor_region, h.year, h.basis as factor_basis, r.boundary, v.kg_co2e as kg_co2e_per_unit, r.per_unit, r.is_fallback = 1 as is_fallback, r.reason, h.citation
from asked a
join activity_type t on t.activity_type = a.activity_type
join resolution r on r.resolution_key = a.resolution_key
join factor_set s on s.set_id = r.set_id
join factor_total v on v.set_id = r.set_id and v.factor_id = r.factor_id and v.gwp_set = $gwp_set
join (select set_id, factor_id, any_value(label) as label, any_value(region) as region, any_value(year(valid_from)) as year, any_value(basis) as basis,
        coalesce(string_agg(distinct citation, '; ' order by citation) filter (where not is_biogenic), min(citation)) as citation from factor group by set_id, factor_id) h on h.set_id = r.set_id and h.factor_id = r.factor_id
order by case when a.derivation in ('', 'replaces') then 0 when a.derivation = 'reallocates' then 1 else 2 end, a.activity_id, a.first_month, a.basis,
    case when r.rank = 0 then 1 else 0 end, r.rank, r.geography_distance, r.year_distance, h.year desc, r.factor_id
