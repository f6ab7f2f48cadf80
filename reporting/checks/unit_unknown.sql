-- rule: intake/unit-unknown
-- severity: error
-- stage: 21
-- cell: unit
-- fix: use a unit of factors/units.csv, or correct the cell
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, case when coalesce(unit_text, '') = '' then 'no unit is given' else 'unknown unit "' || left(unit_text, 80) || '"' end as message
from activity_row a
anti join (select source_id, file_no, row_no from finding where rule like 'method/%' and severity = 'error') f on f.source_id = a.source_id and f.file_no = a.file_no and f.row_no = a.row_no
anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.unit is null and not a.is_none
    and not exists (from statement_line s where s.source_id = a.source_id and s.file_no = a.file_no and s.row_no = a.row_no and s.stated_unit is null)
