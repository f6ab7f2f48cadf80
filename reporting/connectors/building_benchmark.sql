-- connector: building_benchmark
-- title: Benchmarking of buildings, in the manner of Portfolio Manager and of cities: a building and year a line
-- formats: csv, xlsx, parquet
-- natural_key: building and year, carrier
-- required: OSEBuildingID or Property Id, DataYear or Reporting Year or Year Ending
-- columns: *
-- numbers: *(*
-- dates: Year Ending
-- private: Owner* drop, *Contact* drop, *Email* drop, *Phone* drop
-- rank: estimate
-- constants: site, entity, region, supplier, coverage, data_quality, evidence
-- seen: the open data of one city, 3,376 buildings
-- traps: the same energy stands in two units; two units may differ; default data are an estimate
-- The same energy stands in several units (electricity in kWh and in kBtu, 3.412 of which are one kWh): it counts once, in the unit that the meter has. Where two units differ by more
-- than a half per cent the carrier is an error. Columns are known by standards/benchmark_columns.csv. Site energy, source energy and whatever is normalised for weather are sums or models of
-- the carriers and never used; nor are the publisher's own emissions. DefaultData marks an estimate. A negative amount, of a building that feeds in, is an error: its consumption is not in the file.
insert into activity_input by name
with known as (from read_csv(getvariable('standards') || '/benchmark_columns.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(cell_of(r.record, 'OSEBuildingID'), cell_of(r.record, 'Property Id')) as building,
        try_cast(coalesce(cell_of(r.record, 'Year Ending'), regexp_extract(coalesce(cell_of(r.record, 'DataYear'), cell_of(r.record, 'Reporting Year')), '^(\d{4})(\.0)?$', 1) || '-12-31') as date) as last_day
    from record r where r.connector = 'building_benchmark'
),
amount as (
    select l.*, c.carrier, c.activity_type, c.unit, c.position, cell_of(l.record, c."column") as cell, number_in(cell_of(l.record, c."column")) as number
    from line l join known c on coalesce(cell_of(l.record, c."column"), 'Not Available') not in ('Not Available', 'N/A', 'NA')
),
compared as (
    select a.*, row_number() over w as place, first_value(a.number) over w as best, first_value(a.unit) over w as best_unit
    from amount a window w as (partition by a.source_id, a.file_no, a.row_no, a.carrier order by try_cast(a.position as integer))
),
told as (
    select source_id, file_no, row_no, carrier, string_agg(c.cell || ' ' || c.unit, ' and ' order by place) as all_cells,
        bool_or(abs(c.number - try_cast(c.best as decimal(25,6)) * try_cast(u.multiplier as decimal(13,6))) > greatest(abs(c.number) * 0.005, 1)) as differ
    from compared c left join unit_conversion u on u.from_unit = c.best_unit and u.to_unit = c.unit group by all
)
select c.source_id, c.file_no, c.row_no, dense_rank() over (partition by c.source_id, c.file_no, c.row_no order by c.carrier) as part, null as activity_id, concat_ws('/', c.building, c.last_day, c.carrier) as natural_key, c.activity_type,
    coalesce(cast(c.last_day - interval 1 year + interval 1 day as date)::varchar, cell_of(c.record, 'DataYear'), cell_of(c.record, 'Reporting Year')) as starts, coalesce(c.last_day::varchar, '') as ends,
    case when t.differ then t.all_cells || ' differ' else c.cell end as quantity, c.unit, k.entity, k.site, k.region, k.supplier, k.coverage,
    coalesce(k.data_quality, case when lower(cell_of(c.record, 'DefaultData')) in ('true', 'yes') then 'estimated' else 'measured' end) as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    concat_ws(', ', 'building ' || c.building, c.carrier, case when t.all_cells <> c.cell || ' ' || c.unit then 'the same as ' || t.all_cells end, nullif(cell_of(c.record, 'ComplianceStatus'), 'Compliant')) as note,
    sha256(cast(c.record as varchar)) as content
from compared c join told t using (source_id, file_no, row_no, carrier) left join source_constant k on k.source_id = c.source_id where c.place = 1;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'a building without any energy'
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'building_benchmark';
