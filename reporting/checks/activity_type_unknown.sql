-- rule: intake/activity-type-unknown
-- severity: error
-- stage: 21
-- cell: activity_type
-- fix: use a type of reporting/standards/activity_types.csv (`ghg factors search` lists them)
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'unknown activity type "' || coalesce(left(type_text, 80), '') || '"' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.activity_type is null and not a.is_none
