-- rule: intake/sample-restated
-- severity: warning
-- stage: 21
-- of: sample_told_twice
-- fix: check that the later file is the right one
-- citation: docs/formats/README.md
select t.source_id, t.file_no, min(t.row_no) as row_no, 'device:' || t.device as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' sample of ' else ' samples of ' end || t.device || ' read otherwise in ' || f.path || ', which counts' as message
from sample_told_twice t join source_file f on f.source_id = t.source_id and f.file_no = t.by_file_no
where t.file_no <> t.by_file_no group by t.source_id, t.file_no, t.device, f.path
