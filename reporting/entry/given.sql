-- The usable rows of a source as they were meant: one per activity, before it is split by month; ids without the name of the source.
select substr(a.activity_id, length(a.source_id) + 2) as activity_id, i.activity_type, a.period_start as start, a.period_end as "end", a.number_text as quantity, i.unit,
    i.site, i.entity, i.meter, i.supplier, i.payer, i.hosting, i.system, i.measurement_point, i.region, i.factor, nullif(a.data_quality, 'not_stated') as data_quality,
    nullif(a.data_origin, 'not_stated') as data_origin, i.read_status, i.replaces, i.lifecycle_stage, i.coverage, i.uncertainty, i.evidence, i.note
from activity_row a
join activity_input i on i.source_id = a.source_id and i.file_no = a.file_no and i.row_no = a.row_no and i.part = a.part
anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
where a.source_id = $source and not a.is_none
order by a.file_no, a.row_no, a.part
