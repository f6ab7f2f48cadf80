-- rule: intake/row-twice
-- severity: warning
-- stage: 21
-- fix: if it is one event, exclude the second row as duplicate; if it is two, give them ids
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'the row says the same as row ' || a.first_row_no || ' (by ' || case when coalesce(a.natural_key, '') <> '' then 'its natural key' else 'all its cells' end || '); both are counted' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.given_id is null and a.occurrence > 1 and a.part = 1
