-- rule: intake/file-without-activity
-- severity: warning
-- stage: 21
-- fix: look at what was left out and why; export what the page of the connector in docs/formats names, or remove the file
-- citation: docs/formats/README.md
with used as (
    select source_id, file_no from activity_row union select source_id, file_no from superseded_row union select source_id, file_no from sample where value is not null
    union select source_id, file_no from refused_file union select source_id, file_no from rejected_row
)
select f.source_id, f.file_no, null::bigint as row_no, 'file:' || f.path as subject, 'both' as basis, f.path || ' was read, and none of its rows became an activity' as message
from source_file f join source s on s.source_id = f.source_id anti join (from connector_column where use = 'reference') n on n.connector = s.connector anti join used u on u.source_id = f.source_id and u.file_no = f.file_no
where exists (from source_row r where r.source_id = f.source_id and r.file_no = f.file_no)
