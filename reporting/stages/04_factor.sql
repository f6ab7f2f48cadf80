-- Emission factors that may be used: every value typed, every reference known. Rows that fail are findings (checks/factor_*.sql), never defaults.
insert into factor
select f.set_id, f.factor_id, coalesce(f.label, f.factor_id), coalesce(f.activity_type, ''), f.region, coalesce(f.supplier, ''),
    try_cast(f.valid_from as date), try_cast(f.valid_to as date), coalesce(f.basis, ''), f.boundary, f.gas, f.published_value, f.published_unit,
    try_cast(f.value as decimal(38,14)), f.value_as, f.per_unit, coalesce(f.price_year, ''), coalesce(f.uncertainty, ''),
    coalesce(try_cast(f.is_biogenic as boolean), false), f.citation, f.row_no
from factor_row f
join factor_set using (set_id)
join unit on unit.unit = f.per_unit
anti join deflator on deflator.currency = f.per_unit  -- money without a price year prices nothing
join region on region.region = f.region
left join activity_type t on t.activity_type = f.activity_type
where (coalesce(f.activity_type, '') = '' or (t.priced_as = f.activity_type and list_contains(string_split(t.dimension, '|'), unit.dimension))) and trim(coalesce(f.citation, '')) <> '' and try_cast(f.value as decimal(38,14)) is not null
    and try_cast(f.valid_from as date) < try_cast(f.valid_to as date) and f.value_as in ('kg_gas', 'kg_co2e')
    and f.boundary is not null and f.gas is not null and f.factor_id is not null and f.published_value is not null;
