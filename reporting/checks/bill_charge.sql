-- rule: bill/charge-unknown
-- severity: error
-- stage: 18
-- of: bill_activity
-- fix: tell the makers of the connector; until then exclude the rows with a reason, or count them by a source of their own
-- citation: docs/reconcile.md
select b.source_id, b.file_no, b.row_no, 'row:' || b.row_no as subject, 'both' as basis,
    'nothing is known of the kind of charge "' || left(substr(b.charge, 10), 60) || '" (' || b.lines || case when b.lines = 1 then ' line' else ' lines' end || ', ' || coalesce(decimal_text(b.cost), '?') || ' ' || coalesce(b.currency, '') || ')' as message
from bill_activity b where b.is_last and starts_with(b.charge, 'unknown: ')
