-- rule: intake/system-unknown
-- severity: error
-- stage: 21
-- cell: system
-- fix: add the system to inventory.yaml, or correct the cell
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'unknown system "' || left(a.system, 80) || '"' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no left join system s on s.system = a.system where a.system <> '' and s.system is null and not a.is_none
