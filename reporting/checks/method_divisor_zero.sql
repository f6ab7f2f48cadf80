-- rule: method/divisor-zero
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the operand; nothing is divided by zero
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'operand ' || n.operand || ' divides, and is zero' as message
from method_activity m join operand_number n on n.source_id = m.source_id and n.file_no = m.file_no and n.row_no = m.row_no and n.part = m.part where n.exponent < 0 and n.base_number.m = 0
