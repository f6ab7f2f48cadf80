-- rule: intake/period-too-long
-- severity: error
-- stage: 21
-- cell: end
-- fix: split the row into years, or correct the dates
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'the period ' || starts || ' to ' || ends || ' is longer than six years' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.period_end > a.period_start + interval 6 year and not a.is_none
