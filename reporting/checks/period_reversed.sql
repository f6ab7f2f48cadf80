-- rule: intake/end-before-start
-- severity: error
-- stage: 21
-- cell: end
-- fix: correct the dates
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'end ' || ends || ' is before start ' || starts as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.period_end <= a.period_start and not a.is_none
