-- rule: bill/snapshot-older
-- severity: note
-- stage: 18
-- of: bill_snapshot
-- fix: nothing needs to be done; only the last snapshot is complete
-- citation: docs/reconcile.md
select source_id, file_no, null as row_no, 'source:' || source_id as subject, 'both' as basis,
    'an older snapshot of the billing period ' || billing_period || ' is left aside for ' || last_path as message
from bill_snapshot where not is_last
