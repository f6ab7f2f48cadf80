-- Every hour of every place: load x grid intensity, and load covered by generation of the same hour at its instrument's rate, the rest at the hourly residual mix or,
-- where none is given, at the grid's intensity. Supplementary figures: no annual total holds any of it.
create table hourly_result as -- of: hourly_series
with covered as (
    select place, hour, cast(sum(kwh) as decimal(38,10)) as kwh from hourly_take group by all
)
select h.place, p.entity, p.region, h.hour, h.day, h.month, h.readings, h.kwh, i.kg_per_kwh, i.is_filled, g.series, i.file_no, i.row_no,
    coalesce(c.kwh, 0)::decimal(38,10) as covered_kwh, coalesce(r.series, g.series) as rest_series,
    case when r.series is null then i.kg_per_kwh else q.kg_per_kwh end as rest_kg_per_kwh
from hourly_load_hour h join hourly_place p on p.place = h.place
left join hourly_region g on g.region = p.region and g.kind = 'grid'
left join hourly_intensity i on i.series = g.series and i.hour = h.hour
left join hourly_region r on r.region = p.region and r.kind = 'residual'
left join hourly_intensity q on q.series = r.series and q.hour = h.hour
left join covered c on c.place = h.place and c.hour = h.hour;
