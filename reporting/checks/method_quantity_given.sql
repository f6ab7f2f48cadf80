-- rule: method/quantity-given
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: leave quantity empty where a method computes it, or name no method
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'the row brings the quantity "' || left(m.quantity_given, 80) || '" and a method that computes one' as message
from method_activity m where m.quantity_given is not null
