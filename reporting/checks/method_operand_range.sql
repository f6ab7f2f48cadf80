-- rule: method/operand-range
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the operand; a percentage has the unit %
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'operand ' || n.operand || ' is ' || left(n.value_text, 80) || case when n.unit_text = '1' then '' else ' ' || n.unit_text end
        || ' and must be ' || concat_ws(' and ', 'at least ' || n.minimum, 'at most ' || n.maximum) || case when n.declared_unit in ('', '1') then '' else ' ' || n.declared_unit end as message
from method_activity m join operand_number n on n.source_id = m.source_id and n.file_no = m.file_no and n.row_no = m.row_no and n.part = m.part where n.is_out_of_range
