-- rule: method/alternatives
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: leave one of the alternatives empty
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'method ' || m.method || ' takes one of several alternatives, and ' || array_to_string(list_sort(k.given), ', ') || ' belong to more than one' as message
from method_activity m
join method_choice k on k.source_id = m.source_id and k.file_no = m.file_no and k.row_no = m.row_no and k.part = m.part and k.fitting <> 1
anti join calculation_option o on k.fitting = 0 and o.calculation = k.calculation and o.choice = k.choice and list_has_all(o.operands, k.given)
