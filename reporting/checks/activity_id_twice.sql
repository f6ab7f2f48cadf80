-- rule: intake/activity-id-twice
-- severity: error
-- stage: 21
-- cell: activity_id
-- fix: give every row an id of its own, or exclude the duplicate with a reason
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'activity_id "' || a.given_id || '" stands already in row ' || a.first_row_no as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.given_id is not null and a.occurrence > 1
