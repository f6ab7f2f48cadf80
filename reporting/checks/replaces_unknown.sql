-- rule: intake/replaces-unknown
-- severity: error
-- stage: 21
-- cell: replaces
-- fix: name the activity_id of the row that is replaced, as source:id where it is of another source
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'replaces "' || left(a.replaces, 80) || '", which no row is called' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no left join replacement b on b.activity_id = a.activity_id where a.replaces is not null and b.activity_id is null
