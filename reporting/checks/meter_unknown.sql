-- rule: intake/meter-unknown
-- severity: warning
-- stage: 21
-- cell: meter
-- fix: add the meter to its site in inventory.yaml
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'meter "' || left(a.meter, 80) || '" is not declared for any site' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.meter is not null and a.known_meter is null and not a.is_none
