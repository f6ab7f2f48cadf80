-- rule: method/operand-missing
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: map or fill the operands that the method needs
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'method ' || m.method || ' needs ' || string_agg(distinct array_to_string(list_sort(list_filter(o.required, lambda r: not list_contains(k.given, r))), ' and '), ', or ') as message
from method_activity m
join method_choice k on k.source_id = m.source_id and k.file_no = m.file_no and k.row_no = m.row_no and k.part = m.part and k.fitting = 0
join calculation_option o on o.calculation = k.calculation and o.choice = k.choice and list_has_all(o.operands, k.given)
group by m.source_id, m.file_no, m.row_no, m.activity_id, m.method, k.choice
