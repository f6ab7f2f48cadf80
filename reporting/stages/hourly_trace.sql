-- One hourly figure down to its hours: for every place and hour the readings of the load by file and row numbers (the files are read again), the intensity's or the
-- generation's row, and the product. Parameters: figure, period. The columns are those of trace.sql.
with definition as (
    select g.*, d.measure as wanted, d.factor as figure_factor
    from figure_definition g join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint where g.figure_id = $figure and g.period = $period
),
line as (
    select d.figure_id, l.*, d.figure_factor, strftime(to_timestamp(l.hour * 3600), '%Y-%m-%dT%H:%MZ') as at
    from definition d join hourly_line l on l.view = d.view and l.measure = d.wanted and l.month >= d.starts and l.month < d.ends
),
reading as (
    select p.place, r.microsecond // 3600000000 as hour, count(*) as readings, min(r.row_no) as first_row, max(r.row_no) as last_row, min((r.series, r.file_no)) as file
    from hourly_load r join hourly_point p on p.point = r.point
    where r.microsecond // 3600000000 in (select hour from line) group by all
),
file as (
    select series, file_no, path, sha256 from hourly_file
    union all select s.series, f.file_no, f.path, f.sha256 from hourly_series s join source_file f on s.source_id <> '' and f.source_id = s.source_id
),
priced as (
    select r.place, r.hour, i.series, i.file_no, i.row_no, i.is_filled, m.measure
    from hourly_result r join (select unnest(['location', 'market']) as measure) m on true
    join hourly_intensity i on i.hour = r.hour and i.series = case when m.measure = 'market' then r.rest_series else r.series end
)
select l.figure_id, l.measure || '/' || l.at || '/place ' || l.place || case when l.turn = 0 then '' else '/' || t.instrument_id end as line_id,
    l.at || ', ' || p.entity || ', ' || p.region || case when p.site || p.meter = '' then '' else ', ' || p.site || p.meter end as activity_id, '' as parent_activity_id, 'hourly' as derivation,
    l.kwh as activity_quantity, 'kWh' as activity_unit, 1::decimal(38,14) as multiplier, l.kwh as quantity, 'kWh' as factor_unit, l.factor,
    case when l.measure in ('location', 'market') then 'kg_co2e' else 'mwh' end as value_as, 'CO2e' as gas, null::decimal(38,3) as gwp, l.share, l.weighted as amount,
    case when l.turn > 0 then 'instrument.' || t.instrument_id when i.series is null then 'hourly load' else 'hourly.' || i.series end as factor_id,
    coalesce(nullif(s.citation, ''), s.path, 'load as read') as publication,
    case when l.turn > 0 then coalesce(gf.path, '') || ':' || g.row_no when i.series is null then n.path || ':' || r.first_row
        when i.row_no is null then sf.path || ', no row' else sf.path || ':' || i.row_no end || case when i.is_filled then ', median of the same hours' else '' end as citation,
    '' as data_quality, case when i.is_filled then 'filled' else 'actual' end as read_status, coalesce(i.is_filled, false) as is_fallback, '' as note, 'hourly' as source_id,
    n.path as file_path, '' as sheet, r.first_row as row_no, l.figure_factor, []::varchar[] as parents, '' as correction,
    r.readings || ' reading(s) of load in the hour ' || l.at || ', rows ' || r.first_row || ' to ' || r.last_row as row_text, n.sha256
from line l
join hourly_place p on p.place = l.place
join reading r on r.place = l.place and r.hour = l.hour
join file n on n.series = r.file[1] and n.file_no = r.file[2]
left join hourly_turn t on t.turn = l.turn
left join hourly_generation g on g.turn = l.turn and g.hour = l.hour
left join priced i on l.turn = 0 and i.place = l.place and i.hour = l.hour and i.measure = l.measure
left join hourly_series s on s.series = coalesce(i.series, t.series)
left join (select series, min(path) as path from hourly_file group by series) gf on gf.series = t.series
left join (select series, min(path) as path from hourly_file group by series) sf on sf.series = i.series
order by l.hour, l.place, l.turn
