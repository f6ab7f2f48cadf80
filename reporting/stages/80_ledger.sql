-- The ledger as disclosed: every entry with its place, its activity, its factor's publication and its source row.
create view ledger as
select e.entry_id, e.activity_id, a.parent_activity_id, a.derivation, strftime(a.month, '%Y-%m') as period, a.month, a.period_start, a.period_end, a.entity, a.site,
    coalesce(s.country, n.country, '') as country, a.meter, a.activity_type, k.activity_label, a.role, k.scope, k.scope3_category, k.iso_category, k.energy_source, e.view, e.basis,
    e.gas, e.gas_group, e.is_biogenic, a.quantity as activity_quantity, a.unit as activity_unit, e.multiplier, e.quantity, e.factor_unit, e.factor, e.value_as, e.gwp,
    e.share, e.kg_gas, e.kg_co2e, e.factor_id, h.set_id, h.label as factor_label, f.citation as factor_citation, t.publisher as factor_publisher,
    t.title || ', ' || t.edition as factor_publication, h.region as factor_region, e.geography_distance, e.year_distance, e.is_fallback = 1 as is_fallback,
    e.is_other_gwp_set = 1 as is_other_gwp_set, a.data_quality, a.data_origin, a.read_status, a.system, a.lifecycle_stage, a.supplier, a.region, a.hosting, a.source_id,
    sf.path as file_path, sf.sheet, a.row_no, a.evidence, a.note
from entry e
join activity a on a.activity_id = e.activity_id
join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.view = e.view
join factor f on f.factor_id = e.factor_id and f.gas = e.gas and f.is_biogenic = e.is_biogenic
join (select factor_id, any_value(set_id) as set_id, any_value(label) as label, any_value(region) as region from factor group by factor_id) h on h.factor_id = e.factor_id
join factor_set t on t.set_id = h.set_id
left join site s on s.site = a.site
left join (select entity, any_value(country) as country from entity group by entity) n on n.entity = a.entity
join source_file sf on sf.source_id = a.source_id and sf.file_no = a.file_no;

-- The same for CSV: text that a spreadsheet would take for a formula begins with an apostrophe (numbers are not text here).
create macro safe_text(value) as case when regexp_matches(value, '^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]') then '''' || value else value end;
create view ledger_safe as
select * replace (safe_text(entry_id) as entry_id, safe_text(activity_id) as activity_id, safe_text(parent_activity_id) as parent_activity_id, safe_text(meter) as meter,
    safe_text(supplier) as supplier, safe_text(evidence) as evidence, safe_text(note) as note, safe_text(file_path) as file_path, safe_text(sheet) as sheet)
from ledger;

-- Rows in = rows accepted + rows rejected + rows excluded, file by file. A row is rejected when an error says that it cannot be used.
create view row_account as
with total as (
    select source_id, file_no, row_no from source_row union select source_id, file_no, row_no from rejected_row
),
state as (
    select t.source_id, t.file_no, t.row_no, x.source_id is not null as is_excluded, f.source_id is not null as is_rejected
    from total t
    left join (select distinct source_id, file_no, row_no from excluded_row) x using (source_id, file_no, row_no)
    left join (select distinct source_id, file_no, row_no from finding where severity = 'error' and rule like 'intake/%' and row_no is not null) f using (source_id, file_no, row_no)
)
select sf.source_id, sf.file_no, sf.path, sf.sheet, sf.sha256, sf.bytes, count(s.row_no) as rows_in,
    count(*) filter (where s.row_no is not null and not is_excluded and not is_rejected) as rows_accepted,
    count(*) filter (where not is_excluded and is_rejected) as rows_rejected, count(*) filter (where is_excluded) as rows_excluded
from source_file sf left join state s using (source_id, file_no)
group by all;
