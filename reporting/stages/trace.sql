-- One figure of kind sum down to the rows it adds up: ledger line or energy row, factor with its cell, activity, source row as read.
-- Parameters: figure ('' for every one), period. Which lines belong to the figure the tables of 50_figure_sum.sql say.
with definition as (
    select g.*, d.factor as figure_factor
    from figure_definition g join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
    where g.kind = 'sum' and $figure in ('', g.figure_id) and g.period = $period
),
emission_line as (
    select d.figure_id, l.entry_id as line_id, l.activity_id, l.parent_activity_id, l.derivation, l.activity_quantity, l.activity_unit, l.multiplier, l.quantity, l.factor_unit, l.factor,
        l.value_as, l.gas, case when d.measure <> 'kg_gas' then l.gwp end as gwp, l.share, case when d.measure = 'kg_gas' then l.kg_gas else l.kg_co2e end as amount, l.factor_id, l.factor_publication as publication, l.factor_citation as citation,
        l.data_quality, l.read_status, l.is_fallback, l.note, l.source_id, l.file_path, l.sheet, l.row_no, d.figure_factor
    from definition d
    join figure_line l on l.figure_id = d.figure_id and l.view = d.view and l.month >= d.starts and l.month < d.ends
    where d.measure <> 'kg_supplier' or l.data_origin = 'supplier_specific'
),
energy_line as (
    select d.figure_id, a.activity_id as line_id, a.activity_id, a.parent_activity_id, a.derivation, a.quantity as activity_quantity, a.unit as activity_unit, e.multiplier,
        cast(a.quantity * e.multiplier as decimal(38,10)) as quantity, e.energy_unit as factor_unit, e.mwh_per_unit as factor, 'mwh' as value_as, '' as gas, null as gwp, k.share,
        cast(e.mwh * k.share as decimal(38,12)) as amount, 'energy content' as factor_id, '' as publication, c.citation, a.data_quality, a.read_status, false as is_fallback, a.note,
        a.source_id, sf.path as file_path, sf.sheet, a.row_no, d.figure_factor
    from definition d
    join activity a on a.month >= d.starts and a.month < d.ends
    join activity_energy e on e.activity_id = a.activity_id
    join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.view = d.view and k.share <> 0
        and k.moved <> 'investment'
    join activity_type t on t.activity_type = a.activity_type
    join energy_content c on c.carrier = t.carrier and c.from_unit = e.energy_unit
    left join site s on s.site = a.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
    join source_file sf on sf.source_id = a.source_id and sf.file_no = a.file_no
    join selected_energy x on x.figure_id = d.figure_id and x.scope = k.scope and x.energy_source = k.energy_source and x.entity = a.entity and x.site is not distinct from a.site
        and x.country = coalesce(s.country, n.country, '') and x.system = a.system and x.lifecycle_stage = a.lifecycle_stage and x.role = a.role
),
mix_line as (
    select d.figure_id, a.activity_id || '/' || e.origin as line_id, a.activity_id, a.parent_activity_id, a.derivation, a.quantity as activity_quantity, a.unit as activity_unit, e.multiplier,
        cast(a.quantity * e.multiplier as decimal(38,10)) as quantity, e.energy_unit as factor_unit, e.mwh_per_unit as factor, 'mwh' as value_as, '' as gas, null as gwp, k.share,
        case when k.share = 1 then e.mwh else cast(e.mwh * k.share as decimal(38,12)) end as amount, e.origin || ' by ' || e.evidence as factor_id, '' as publication,
        coalesce(i.citation, m.citation, c.citation) as citation, a.data_quality, a.read_status, false as is_fallback, a.note, a.source_id, sf.path as file_path, sf.sheet, a.row_no, d.figure_factor
    from definition d
    join energy_origin e on e.month >= d.starts and e.month < d.ends
    join activity a on a.activity_id = e.activity_id
    join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.view = d.view and k.share <> 0
        and k.moved <> 'investment'
    join activity_type t on t.activity_type = a.activity_type
    join energy_content c on c.carrier = t.carrier and c.from_unit = e.energy_unit
    left join instrument i on e.evidence = 'instrument:' || i.instrument_id
    left join national_mix m on e.evidence = 'region:' || m.region and m.year = year(e.month)
    left join site s on s.site = a.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
    join source_file sf on sf.source_id = a.source_id and sf.file_no = a.file_no
    join selected_origin x on x.figure_id = d.figure_id and x.scope = k.scope and x.origin = e.origin and x.binding = e.binding and x.carrier = e.carrier and x.entity = a.entity
        and x.site is not distinct from a.site and x.country = coalesce(s.country, n.country, '') and x.system = a.system and x.lifecycle_stage = a.lifecycle_stage and x.role = a.role
)
select l.*, coalesce(h.parents, []) as parents, coalesce(x.correction, '') as correction, coalesce(array_to_string(list_transform(r.cells, lambda cell: coalesce(cell, '')), ','), '') as row_text, sf.sha256
from (from emission_line union all from energy_line union all from mix_line) l
join source_file sf on sf.source_id = l.source_id and sf.path = l.file_path
left join (
    select k.source_id, k.file_no, k.row_no,
        string_agg('corrections.csv:' || c.row_no || ' ' || c.column_name || ' "' || coalesce(c.old, '') || '" to "' || coalesce(c.new, '') || '": ' || c.reason, '; ' order by c.row_no) as correction
    from correction_cell k join correction c on c.row_no = k.correction_no group by all
) x on x.source_id = sf.source_id and x.file_no = sf.file_no and x.row_no = l.row_no
left join (
    select d.activity_id, list(p.parent_activity_id || ': ' || p.quantity || ' ' || p.unit || ' from ' || f.path || case when f.sheet = '' then '' else ' [' || f.sheet || ']' end || ':' || a.row_no || ' | '
        || coalesce(array_to_string(list_transform(w.cells, lambda cell: coalesce(cell, '')), ','), '') order by p.position) as parents
    from filled_activity d join activity_parent p on p.activity_id = d.filled_activity_id join activity a on a.activity_id = p.parent_activity_id
    join source_file f on f.source_id = a.source_id and f.file_no = a.file_no
    left join source_row w on w.source_id = a.source_id and w.file_no = a.file_no and w.row_no = a.row_no
    group by d.activity_id
) h on h.activity_id = l.activity_id
left join source_row r on r.source_id = sf.source_id and r.file_no = sf.file_no and r.row_no = l.row_no
order by l.source_id, l.file_path, l.row_no, l.line_id
