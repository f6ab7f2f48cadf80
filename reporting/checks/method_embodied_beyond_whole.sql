-- rule: method/embodied-beyond-whole
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the operands: no more time than the device lives, no more resources than it has
-- citation: SCI specification 1.1.0 (ISO/IEC 21031:2024), Embodied emissions, R093
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis, x.message
from method_activity m join method_excess x on x.source_id = m.source_id and x.file_no = m.file_no and x.row_no = m.row_no and x.part = m.part
