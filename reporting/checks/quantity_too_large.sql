-- rule: intake/quantity-too-large
-- severity: error
-- stage: 21
-- cell: quantity
-- fix: check the unit and the digits of the cell
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'quantity "' || left(quantity_text, 80) || '" has more than 13 digits before the point' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.number is not null and a.quantity is null
