-- rule: method/operand-unknown
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: empty the cell, or use the method that it belongs to
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'operand ' || c.operand || ' is none of method ' || m.method as message
from method_activity m join operand_cell c on c.source_id = m.source_id and c.file_no = m.file_no and c.row_no = m.row_no and c.part = m.part and c.is_cell
anti join calculation_operand o on o.calculation = m.calculation and o.operand = c.operand
where m.method is not null
