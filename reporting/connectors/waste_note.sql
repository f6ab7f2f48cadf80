-- connector: waste_note
-- title: Waste transfer and consignment notes
-- formats: csv, xlsx, parquet
-- natural_key: note_no and waste code, else all the cells
-- required: date, quantity, waste_code or material, treatment
-- columns: note_no, copy, date, waste_code, material, description, treatment, quantity, unit, carrier, destination, consignor, site, entity
-- numbers: quantity
-- dates: date
-- private: consignor hash
-- rank: meter
-- constants: unit, site, entity, region, supplier, system, lifecycle_stage, coverage, data_quality, evidence
-- seen: none; built from what such notes commonly hold
-- traps: a note stands in several copies; codes are written with spaces and asterisk; storage is not the last treatment
-- The code of the European List of Waste (with or without spaces and the asterisk of hazardous waste) gives the material, the code of treatment (D1, R3 ...) or its name the route
-- (standards/waste_codes.csv, waste_treatments.csv); `material` says it directly. A type such as waste.glass.closed_loop must exist for the pair. Storage, sorting and transfer (R12, R13, D13 to D15) are not the
-- last treatment: such a note is an error until the last one is known. A note stands in the copies of consignor, carrier and consignee: it counts once. Litres and cubic metres are refused, because
-- the factors are by mass.
insert into activity_input by name
with code as (from read_csv(getvariable('standards') || '/waste_codes.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
treatment as (from read_csv(getvariable('standards') || '/waste_treatments.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(cell_of(r.record, 'material'), c.material) as material, lower(cell_of(r.record, 'treatment')) as treatment,
        coalesce(concat_ws('/', cell_of(r.record, 'note_no'), coalesce(regexp_replace(cell_of(r.record, 'waste_code'), '[ *]', '', 'g'), cell_of(r.record, 'material'))), sha256(cast(r.record as varchar))) as note_key,
        row_number() over (partition by r.source_id, r.file_no, cell_of(r.record, 'note_no'), coalesce(regexp_replace(cell_of(r.record, 'waste_code'), '[ *]', '', 'g'), cell_of(r.record, 'material')), cell_of(r.record, 'quantity') order by r.row_no) as copy
    from record r left join code c on c.code = regexp_replace(cell_of(r.record, 'waste_code'), '[ *]', '', 'g') where r.connector = 'waste_note'
),
routed as (
    select l.source_id, l.file_no, l.row_no, arg_min(t.activity_type, (w.material is null, w.position, t.activity_type)) as activity_type, any_value(w.reason) as reason
    from line l join treatment w on w.treatment = l.treatment and coalesce(w.material, l.material) = l.material
    left join activity_type t on t.activity_type = 'waste.' || l.material || '.' || w.route
    where t.activity_type is not null or w.reason is not null group by all
)
select l.source_id, l.file_no, l.row_no, 1 as part, case when cell_of(l.record, 'note_no') is not null then l.note_key end as activity_id, l.note_key as natural_key,
    coalesce(p.activity_type, 'waste ' || coalesce(l.material, cell_of(l.record, 'waste_code'), 'without a code') || ', ' || coalesce(p.reason, l.treatment, 'treatment not given')) as activity_type,
    cell_of(l.record, 'date') as starts, cell_of(l.record, 'date') as ends, coalesce(cell_of(l.record, 'quantity'), '') as quantity, coalesce(cell_of(l.record, 'unit'), k.unit) as unit,
    coalesce(cell_of(l.record, 'entity'), k.entity) as entity, coalesce(cell_of(l.record, 'site'), k.site) as site, k.region, coalesce(k.supplier, cell_of(l.record, 'carrier')) as supplier, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.data_quality, 'measured') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    concat_ws(', ', 'note ' || cell_of(l.record, 'note_no'), cell_of(l.record, 'waste_code'), cell_of(l.record, 'description'), l.treatment) as note, sha256(cast(l.record as varchar)) as content
from line l left join routed p using (source_id, file_no, row_no) left join source_constant k using (source_id) where l.copy = 1 or cell_of(l.record, 'note_no') is null;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'another copy of a note'
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'waste_note';
