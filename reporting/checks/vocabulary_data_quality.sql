-- rule: intake/data-quality-unknown
-- severity: error
-- stage: 21
-- cell: data_quality
-- fix: use one of the words of the column: measured, calculated, estimated, proxy, not_stated
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'data_quality "' || left(a.data_quality, 80) || '" is not one of its words' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.data_quality not in ('measured', 'calculated', 'estimated', 'proxy', 'not_stated') and not a.is_none
