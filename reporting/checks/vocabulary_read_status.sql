-- rule: intake/read-status-unknown
-- severity: error
-- stage: 21
-- cell: read_status
-- fix: use one of the words of the column: actual, estimated, accrued
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'read_status "' || left(a.read_status, 80) || '" is not one of its words' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.read_status not in ('actual', 'estimated', 'accrued') and not a.is_none
