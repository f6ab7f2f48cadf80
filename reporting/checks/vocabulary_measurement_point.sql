-- rule: intake/measurement-point-unknown
-- severity: error
-- stage: 21
-- cell: measurement_point
-- fix: use one of the words of the column: it, facility
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'measurement_point "' || left(a.measurement_point, 80) || '" is not one of its words' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.measurement_point not in ('it', 'facility') and not a.is_none
