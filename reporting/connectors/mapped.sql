-- connector: activity_csv, mapping
-- title: Canonical activity rows, or any table through a column map
-- formats: csv, xlsx, json, jsonl, parquet, xml, sqlite, prometheus
-- One row per source row and part; cells are trimmed, empty cells are nothing, constants fill what no column gives.
insert into activity_input by name
with position as (
    pivot column_position on target in ('activity_id', 'activity_type', 'start', 'end', 'quantity', 'unit', 'entity', 'site', 'meter', 'region', 'supplier',
        'payer', 'hosting', 'factor', 'data_quality', 'data_origin', 'read_status', 'replaces', 'measurement_point', 'system', 'lifecycle_stage', 'evidence',
        'note', 'coverage', 'uncertainty', 'stated') using min(position) group by source_id, file_no, part
),
constant as (
    pivot part_constant on target in ('activity_id', 'activity_type', 'start', 'end', 'quantity', 'unit', 'entity', 'site', 'meter', 'region', 'supplier',
        'payer', 'hosting', 'factor', 'data_quality', 'data_origin', 'read_status', 'replaces', 'measurement_point', 'system', 'lifecycle_stage', 'evidence',
        'note', 'coverage', 'uncertainty') using any_value(value) group by source_id, part
),
natural_key as (
    select source_id, file_no, list(position order by position) as positions
    from source_column join source_option o using (source_id)
    where o.name = 'natural_key' and list_contains(string_split(o.value, chr(31)), source_column.name) group by all
)
select r.source_id, r.file_no, r.row_no, p.part,
    coalesce(nullif(trim(r.cells[p.activity_id]), ''), k.activity_id) as activity_id,
    coalesce(nullif(trim(r.cells[p.activity_type]), ''), k.activity_type) as activity_type,
    coalesce(nullif(trim(r.cells[p."start"]), ''), k."start") as starts,
    coalesce(nullif(trim(r.cells[p."end"]), ''), k."end") as ends,
    coalesce(nullif(trim(r.cells[p.quantity]), ''), k.quantity) as quantity,
    coalesce(nullif(trim(r.cells[p.unit]), ''), k.unit) as unit,
    coalesce(nullif(trim(r.cells[p.entity]), ''), k.entity) as entity,
    coalesce(nullif(trim(r.cells[p.site]), ''), k.site) as site,
    coalesce(nullif(trim(r.cells[p.meter]), ''), k.meter) as meter,
    coalesce(nullif(trim(r.cells[p.region]), ''), k.region) as region,
    coalesce(nullif(trim(r.cells[p.supplier]), ''), k.supplier) as supplier,
    coalesce(nullif(trim(r.cells[p.payer]), ''), k.payer) as payer,
    coalesce(nullif(trim(r.cells[p.hosting]), ''), k.hosting) as hosting,
    coalesce(nullif(trim(r.cells[p.factor]), ''), k.factor) as factor,
    coalesce(nullif(trim(r.cells[p.data_quality]), ''), k.data_quality) as data_quality,
    coalesce(nullif(trim(r.cells[p.data_origin]), ''), k.data_origin) as data_origin,
    coalesce(nullif(trim(r.cells[p.read_status]), ''), k.read_status) as read_status,
    coalesce(nullif(trim(r.cells[p.replaces]), ''), k.replaces) as replaces,
    coalesce(nullif(trim(r.cells[p.measurement_point]), ''), k.measurement_point) as measurement_point,
    coalesce(nullif(trim(r.cells[p.system]), ''), k.system) as system,
    coalesce(nullif(trim(r.cells[p.lifecycle_stage]), ''), k.lifecycle_stage) as lifecycle_stage,
    coalesce(nullif(trim(r.cells[p.evidence]), ''), k.evidence) as evidence,
    coalesce(nullif(trim(r.cells[p.note]), ''), k.note) as note,
    coalesce(nullif(trim(r.cells[p.coverage]), ''), k.coverage) as coverage,
    coalesce(nullif(trim(r.cells[p.uncertainty]), ''), k.uncertainty) as uncertainty,
    nullif(trim(r.cells[p.stated]), '') as stated,
    array_to_string(list_transform(n.positions, lambda q: coalesce(r.cells[q], '')), chr(31)) as natural_key,
    r.content
from corrected_row r
join source s on s.source_id = r.source_id and s.connector in ('activity_csv', 'mapping')
join position p on p.source_id = r.source_id and p.file_no = r.file_no
left join constant k on k.source_id = p.source_id and k.part = p.part
left join natural_key n on n.source_id = r.source_id and n.file_no = r.file_no;
