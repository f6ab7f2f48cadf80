-- Every factor that priced a ledger line of those months, one row per gas, with the publication it was read from.
with used as (
    select set_id, factor_id, gas, is_biogenic, count(*) as lines
    from ledger
    where view in (select view from figure where period = $period)
        and ((month >= $starts and month < $ends) or (month >= $before_starts and month < $before_ends))
    group by set_id, factor_id, gas, is_biogenic
)
select u.set_id, u.factor_id, u.gas, u.is_biogenic, u.lines, case when u.is_biogenic then 'yes' else 'no' end as biogenic, f.label, f.region, f.supplier,
    f.valid_from, cast(f.valid_to - interval 1 day as date) as last_day, f.basis, f.boundary, f.published_value, f.published_unit, f.value, f.value_as,
    f.per_unit, f.price_year, f.uncertainty, f.citation, s.publisher, s.title, s.edition, s.licence, coalesce(s.attribution, '') as attribution, s.url,
    s.retrieved, s.sha256, s.gwp_set, s.usable_until
from used as u
join factor as f on f.set_id = u.set_id and f.factor_id = u.factor_id and f.gas = u.gas and f.is_biogenic = u.is_biogenic
join factor_set as s on s.set_id = u.set_id
order by s.publisher, s.title, s.edition, u.factor_id, u.gas, u.is_biogenic
