-- rule: bill/snapshots-undeclared
-- severity: error
-- stage: 18
-- of: bill_snapshot
-- fix: say `options: {snapshot: folder}` where the files of a folder are parts of one export, or {snapshot: file} where each is a whole one and the last by name counts
-- citation: docs/reconcile.md
select source_id, min(file_no) as file_no, null as row_no, 'source:' || source_id as subject, 'both' as basis,
    files_of_folder || ' files of one folder hold the billing period ' || billing_period || ', and nothing says whether they are parts of one export or exports of different days' as message
from bill_snapshot where files_of_folder > 1 and snapshot = '' group by source_id, billing_period, files_of_folder
