-- rule: method/operand-not-a-number
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the cell, or list the row with a reason in exclusions.csv
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'operand ' || c.operand || ' "' || left(c.value_text, 80) || '" is not a number of at most 36 digits' as message
from method_activity m join operand_cell c on c.source_id = m.source_id and c.file_no = m.file_no and c.row_no = m.row_no and c.part = m.part where c.number.m is null
