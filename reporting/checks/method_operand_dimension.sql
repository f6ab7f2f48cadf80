-- rule: method/operand-dimension
-- severity: error
-- stage: 21
-- fix: give the operand in a unit of that kind
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'operand ' || n.operand || ' is in ' || n.unit_text || ', and method ' || m.method || ' needs a unit such as ' || n.declared_unit as message
from method_activity m join operand_number n on n.source_id = m.source_id and n.file_no = m.file_no and n.row_no = m.row_no and n.part = m.part where n.is_known and n.declared_vector <> n.vector
union all
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id, 'both',
    'operand ' || n.operand || ' is in ' || n.unit_text || ', and ' || o.operand || ', by which it is measured, in ' || o.unit_text
from method_activity m join operand_number n on n.source_id = m.source_id and n.file_no = m.file_no and n.row_no = m.row_no and n.part = m.part
join operand_number o on o.source_id = m.source_id and o.file_no = m.file_no and o.row_no = m.row_no and o.part = m.part and o.operand = n.same_dimension_as
where n.is_known and o.is_known and n.vector <> o.vector
