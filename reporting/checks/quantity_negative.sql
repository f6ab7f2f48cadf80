-- rule: intake/quantity-negative
-- severity: error
-- stage: 21
-- cell: quantity
-- fix: name the activity that it corrects in `replaces`, or correct the sign
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'quantity ' || a.number_text || ' is negative and nothing says what it takes back' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no join activity_type t on t.activity_type = a.activity_type where a.quantity < 0 and not t.allows_negative and a.replaces is null
