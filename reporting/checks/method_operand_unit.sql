-- rule: method/operand-unit
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: give the unit in the column <operand>_unit, or under `units` of the source, as in mass: t
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    case when n.unit_text is null then 'operand ' || n.operand || ' has no unit' else 'operand ' || n.operand || ' has the unknown unit "' || left(n.unit_text, 80) || '"' end as message
from method_activity m join operand_number n on n.source_id = m.source_id and n.file_no = m.file_no and n.row_no = m.row_no and n.part = m.part where not n.is_known and not n.is_summed
