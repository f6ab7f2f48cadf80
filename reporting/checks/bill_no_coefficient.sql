-- rule: bill/instance-without-coefficient
-- severity: note
-- stage: 18
-- of: bill_activity
-- fix: nothing needs to be done; a row in factors/cloud_instances.csv with its source would price the hours by energy
-- citation: docs/reconcile.md
select b.source_id, min(b.file_no) as file_no, null as row_no, 'source:' || b.source_id as subject, 'both' as basis,
    'no cited power is known of ' || b.instance || ': its hours are counted by spend' as message
from bill_activity b where b.is_last and b.charge = 'usage' and b.instance is not null and b.hours is not null and b.instance_type is null group by b.source_id, b.instance
