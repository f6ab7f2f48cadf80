-- rule: intake/row-unreadable
-- severity: error
-- stage: 21
-- of: rejected_row
-- fix: correct the row in the file, or list the row with a reason in exclusions.csv
-- citation: docs/tables.md
select r.source_id, r.file_no, r.row_no, 'row:' || r.row_no as subject, 'both' as basis, 'the row cannot be read: ' || r.reason as message
from rejected_row r anti join excluded_row x on x.source_id = r.source_id and x.file_no = r.file_no and x.row_no = r.row_no
