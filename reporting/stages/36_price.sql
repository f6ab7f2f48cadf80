-- What a key is multiplied with: the gas rows of its rank-1 factor. market_tier: on the market basis, by which kind of information it is priced, in the order of the
-- Scope 2 Guidance, Table 6.3 (reporting/standards/market_tiers.csv).
create table price as
select k.resolution_key, k.activity_type, k.region, k.supplier, k.factor_pin, k.unit, k.interval_start, k.bases, k.need, k.basis, r.factor_id, r.set_id,
    r.per_unit as factor_unit, r.multiplier, r.boundary, r.geography_distance, r.year_distance, r.is_fallback, f.label as factor_label, f.citation as factor_citation, f.region as factor_region, f.gas, f.value as factor, f.value_as, f.is_biogenic,
    s.gwp_set as factor_gwp_set,
    case when k.pricing <> 'market' then '' else coalesce(i.tier, case f.basis when 'market' then 'supplier' when 'residual' then 'residual' else 'grid_average' end) end as market_tier
from resolution_key k
join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
join factor f on f.factor_id = r.factor_id
join factor_set s on s.set_id = f.set_id
left join instrument_tier i on i.factor_id = f.factor_id;

-- The keys with a quantity whose products could leave 38 digits (almost always none), and the most that they are multiplied with.
create table oversized_key as
select p.activity_type, p.region, p.supplier, p.factor_pin, p.unit, p.interval_start, p.bases, p.need,
    max(cast(p.multiplier as double) * greatest(1, cast(p.factor as double))) as largest_multiple
from price p join resolution_key k on k.resolution_key = p.resolution_key
group by p.activity_type, p.region, p.supplier, p.factor_pin, p.unit, p.interval_start, p.bases, p.need
having max(cast(k.largest_quantity as double) * cast(p.multiplier as double) * greatest(1, cast(p.factor as double))) >= 1e13;

-- Activities that enter no ledger line although their key has a price: added rows that their parent's factor already contains (a life-cycle
-- factor holds the upstream emissions), and rows whose products would leave 38 digits (a finding says so).
create table unpriced_activity as
select c.activity_id, 'contained' as reason
from activity c
join activity a on a.activity_id = c.parent_activity_id
join month_interval m on m.month = a.month
join price p on p.activity_type = a.activity_type and p.region = a.region and p.supplier = a.supplier and p.factor_pin = a.factor_pin and p.unit = a.unit
    and p.interval_start = m.interval_start and p.bases = a.bases and p.need = a.basis and p.basis <> 'market'
where c.contained_in_boundary <> '' and c.derivation = 'adds' and p.boundary = c.contained_in_boundary
group by c.activity_id
union
select a.activity_id, 'too large'
from activity a
join month_interval m on m.month = a.month
join oversized_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
    and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
where cast(abs(a.quantity) as double) * k.largest_multiple >= 1e13;
