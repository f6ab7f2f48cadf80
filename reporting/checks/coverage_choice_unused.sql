-- rule: coverage/choice-unused
-- severity: error
-- stage: 23
-- of: role_choice
-- fix: correct coverage, period or source of the decision under `roles`, or remove it
-- citation: docs/reconcile.md
select null as source_id, null as file_no, null as row_no, 'roles:' || r.position as subject, 'both' as basis,
    'the decision for "' || r.coverage || '" in ' || r.period || ' names ' || r.source_id || ', which has no rows of that coverage and period' as message
from role_choice r where not exists (
    from activity_counted a where a.source_id = r.source_id and a.coverage = r.coverage and r.starts <= a.month and a.month < r.ends)
