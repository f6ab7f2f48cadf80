-- Grid intensity of every region with load, kg CO2e per kWh, for every hour from its first load to its last: given, missing, or a glitch that differs too much from the
-- median of the same hours of the week before and after (reporting/standards/hourly_limits.csv). `fill: same_hour_median` puts that median in their place, and says so.
create table hourly_region as -- of: hourly_series
with candidate as (
    select p.region, s.kind, s.series, row_number() over (partition by p.region, s.kind order by a.distance, s.series) as nearest
    from (select distinct region from hourly_place where place in (select place from hourly_load_hour)) p join region_ancestor a on a.region = p.region
    join hourly_series s on s.role = 'intensity' and s.key = a.ancestor
)
select region, kind, series from candidate where nearest = 1;

create table hourly_intensity as -- of: hourly_series
with wanted as (
    select r.series, min(h.hour) as first_hour, max(h.hour) as last_hour
    from hourly_region r join hourly_place p on p.region = r.region join hourly_load_hour h on h.place = p.place group by all
),
grid as (select series, unnest(range(first_hour - 168, last_hour + 169)) as hour, first_hour, last_hour from wanted),
read as (
    select v.series, v.microsecond // 3600000000 as hour, min(v.value) as value, max(v.value) as other_value, min(v.total) as total, count(*) as readings,
        min(v.file_no) as file_no, min(v.row_no) as row_no
    from hourly_value v join hourly_series s on s.series = v.series and s.role = 'intensity' where v.microsecond is not null group by all
),
placed as (
    select g.series, g.hour, g.hour between g.first_hour and g.last_hour as is_wanted, r.readings, r.file_no, r.row_no, r.total,
        case when r.readings = 1 then cast(r.value * s.multiplier as decimal(38,14)) end as given
    from grid g join hourly_series s on s.series = g.series left join read r on r.series = g.series and r.hour = g.hour
),
compared as (
    select *, quantile_disc(given, 0.5) over same_hours as usual, quantile_disc(total, 0.5) over same_hours as usual_total
    from placed window same_hours as (partition by series, hour % 24 order by hour range between 168 preceding and 168 following)
),
bound as (
    select max(value) filter (where "limit" = 'intensity_ratio') as intensity_ratio, max(value) filter (where "limit" = 'total_ratio') as total_ratio
    from hourly_limit
),
judged as (
    select c.*, case when c.readings > 1 then 'twice' when c.given is null then 'missing'
        when c.total is not null and (c.total * b.total_ratio < c.usual_total or c.total > c.usual_total * b.total_ratio) then 'glitch'
        when c.given * b.intensity_ratio < c.usual or c.given > c.usual * b.intensity_ratio then 'glitch' else 'given' end as state
    from compared c cross join bound b where c.is_wanted
)
select j.series, j.hour, j.state, j.file_no, j.row_no, j.given, j.total, j.usual, j.usual_total, j.state <> 'given' and s.fill <> '' and j.usual is not null as is_filled,
    case when j.state = 'given' then j.given when s.fill <> '' then j.usual end as kg_per_kwh
from judged j join hourly_series s on s.series = j.series;
