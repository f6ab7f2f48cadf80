-- The factors used, one row per gas, with how far from the activity the farthest use was.
with used as (
    select set_id, factor_id, count(*) as lines, max(geography_distance) as geography_distance, max(year_distance) as year_distance,
        max(cast(is_fallback as integer)) = 1 as is_fallback
    from ledger
    where view = $view and cast(month as date) >= $starts and cast(month as date) < $ends and factor_id is not null
    group by set_id, factor_id
)
select used.*, factor.label, factor.region, factor.supplier, factor.valid_from, factor.valid_to, factor.basis, factor.boundary, factor.gas,
    factor.is_biogenic, factor.published_value, factor.published_unit, factor.value, factor.value_as, factor.per_unit, factor.citation
from used
join factor using (set_id, factor_id)
order by used.set_id, used.factor_id, factor.row_no, factor.gas, factor.is_biogenic
