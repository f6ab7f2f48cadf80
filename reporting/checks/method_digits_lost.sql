-- rule: method/digits-lost
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: ask for the result in a smaller unit in the column `unit`, as in J or mg
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'the result, rounded to 10 decimals, is ' || r.quantity || ' ' || r.unit || ' and has lost more than a billionth of itself' as message
from method_activity m join method_result r on r.source_id = m.source_id and r.file_no = m.file_no and r.row_no = m.row_no and r.part = m.part where r.has_lost_digits
