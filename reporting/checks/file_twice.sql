-- rule: intake/file-twice
-- severity: error
-- stage: 21
-- fix: remove one of the two files
-- citation: docs/formats/README.md
select b.source_id, b.file_no, null::bigint as row_no, 'file:' || b.path as subject, 'both' as basis, b.path || ' is byte for byte the file ' || a.path || ', and its rows count a second time' as message
from source_file b join source_file a on a.source_id = b.source_id and a.sha256 = b.sha256 and a.sheet = b.sheet and a.file_no < b.file_no
-- Exports of a bill are told apart by bill/snapshots-undeclared.
anti join bill_snapshot n on n.source_id = b.source_id
-- Rows with a natural key are told apart by it; samples of devices that have a name only within their file are not.
semi join (select source_id, file_no from activity_row where coalesce(natural_key, '') = '' union select s.source_id, s.file_no from sample s join source_file f using (source_id, file_no) where s.run = f.path) r
    on r.source_id = b.source_id and r.file_no = b.file_no
