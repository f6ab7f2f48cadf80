-- rule: method/unknown
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: use a method of docs/methods.md
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'method "' || left(m.method_text, 80) || '" is not known' as message
from method_activity m where m.method is null
