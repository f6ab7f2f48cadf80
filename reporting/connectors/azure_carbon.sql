-- connector: azure_carbon
-- title: Microsoft Azure carbon optimization, emissions by resource
-- formats: csv, xlsx, json
-- required: scope1, scope2, scope3, resourceId
-- columns: resourceId, resourceName, resourceGroup, resourceType, location, scope1, scope2, scope3
-- private: resourceId hash, resourceName drop, resourceGroup hash
-- natural_key: month, resourceId
-- rank: vendor
-- options: supplier_basis=location|market; month=file_name|constant
-- traps: the month stands in the file's name; Scope 2 is market-based alone; Scope 3 is the most of it
-- The file states neither unit nor month. The unit is a constant of the source (`constants: {unit: t_co2e}` or kg_co2e) and is never guessed. The month is either the
-- constants `start` and `end`, or, with `options: {month: file_name}`, the year and month in the file's name (2026-07, 2026_07 or 202607). Scope 2 of Azure is
-- market-based alone, so that there is no location-based value: a source that asks for it is an error, not the other figure.
-- Built from the documentation of the columns: no real file was at hand.
insert into vendor_statement by name
with option as (
    select source_id, coalesce(max(value) filter (where name = 'month'), 'constant') as month from source_option group by source_id
),
constant as (pivot part_constant on target in ('start', 'end') using any_value(value) group by source_id),
placed as (
    select r.*, coalesce(o.month, 'constant') as month_from, k."start", k."end", regexp_extract(parse_filename(f.path), '(20\d{2})[-_]?(0[1-9]|1[0-2])', ['year', 'month']) as named
    from record r join source_file f using (source_id, file_no) left join option o using (source_id) left join constant k using (source_id)
    where r.connector = 'azure_carbon'
),
dated as (
    select p.*, case when month_from = 'constant' then "start" else nullif(named.year, '') || '-' || named.month || '-01' end as starts,
        case when month_from = 'constant' then "end" else strftime(last_day(try_cast(nullif(named.year, '') || '-' || named.month || '-01' as date)), '%Y-%m-%d') end as ends,
        case when regexp_full_match(record['scope1'], '[0-9.eE+-]+') and regexp_full_match(record['scope2'], '[0-9.eE+-]+') and regexp_full_match(record['scope3'], '[0-9.eE+-]+')
            then cast(try_cast(record['scope1'] as decimal(38,12)) + try_cast(record['scope2'] as decimal(38,12)) + try_cast(record['scope3'] as decimal(38,12)) as varchar) end as total
    from placed p
)
select d.source_id, d.file_no, d.row_no, coalesce(d.starts, '') || '/' || coalesce(d.record['resourceId'], '') as item, 'azure' as supplier,
    '' as account, d.record['resourceType'] as service, n.region, d.record['location'] as place,
    d.starts, d.ends, coalesce(d.total, concat_ws(' + ', d.record['scope1'], d.record['scope2'], d.record['scope3'])) as market, d.record['scope1'] as scope1,
    d.record['scope2'] as scope2_market, d.record['scope3'] as scope3_market, sha256(cast(d.record as varchar)) as content
from dated d left join cloud_region_name n on n.provider = 'azure' and n.name = cloud_place(d.record['location']);
