-- The ledger as disclosed: every entry with its place, its activity, its factor's publication and its source row.
create view ledger as
select e.entry_id, e.activity_id, e.parent_activity_id, e.derivation, e.period, e.month, e.period_start, e.period_end, e.entity, e.site, e.country, e.meter, e.activity_type,
    e.activity_label, e.role, e.scope, e.scope3_category, e.iso_category, e.energy_source, e.view, e.basis, e.gas, e.gas_group, e.is_biogenic, e.activity_quantity,
    e.activity_unit, e.multiplier, e.quantity, e.factor_unit, e.factor, e.value_as, e.gwp, e.share, e.kg_gas, e.kg_co2e, e.factor_id, e.set_id, e.factor_label,
    e.factor_citation, e.factor_publisher, e.factor_publication, e.factor_region, e.geography_distance, e.year_distance, e.is_fallback = 1 as is_fallback,
    e.is_other_gwp_set = 1 as is_other_gwp_set, e.data_quality, e.data_origin, e.read_status, e.system, e.lifecycle_stage, e.supplier, e.region, e.hosting, e.source_id,
    sf.path as file_path, sf.sheet, e.row_no, e.evidence, e.note, e.market_tier
from entry e
join source_file sf on sf.source_id = e.source_id and sf.file_no = e.file_no;

-- The ledger by figure: the lines that belong to it (50_figure_sum.sql) in every view and month.
create view figure_line as
select s.figure_id, l.*
from selected_entry s
join ledger l on l.scope = s.scope and l.scope3_category = s.scope3_category and l.iso_category = s.iso_category and l.basis = s.basis and l.gas_group = s.gas_group
    and l.is_biogenic = s.is_biogenic and l.energy_source = s.energy_source and l.entity = s.entity and l.site is not distinct from s.site and l.country = s.country
    and l.system = s.system and l.lifecycle_stage = s.lifecycle_stage and l.role = s.role and (l.hosting in ('cloud', 'api')) = s.is_cloud;

-- The ledger for CSV: text that a spreadsheet would take for a formula begins with an apostrophe (numbers are not text here).
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
    left join (select distinct source_id, file_no, row_no from finding where severity = 'error' and rule like 'intake/%' and row_no is not null
        union select r.source_id, r.file_no, r.row_no from source_row r join refused_file x using (source_id, file_no)) f using (source_id, file_no, row_no)
)
select sf.source_id, sf.file_no, sf.path, sf.sheet, sf.sha256, sf.bytes, count(s.row_no) as rows_in,
    count(*) filter (where s.row_no is not null and not is_excluded and not is_rejected) as rows_accepted,
    count(*) filter (where not is_excluded and is_rejected) as rows_rejected, count(*) filter (where is_excluded) as rows_excluded
from source_file sf left join state s using (source_id, file_no)
group by all;
