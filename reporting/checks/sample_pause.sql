-- rule: intake/sample-pause
-- severity: warning
-- stage: 21
-- of: sample_step
-- fix: add the export that lies between the two files, if the device was in use
-- citation: docs/formats/README.md
select s.source_id, s.file_no, s.row_no, 'device:' || s.device as subject, 'both' as basis,
    'nothing was recorded of ' || s.device || ' for ' || s.seconds || ' s between ' || f.path || ' and this file; no energy is counted for that time' as message
from sample_step s join source_file f on f.source_id = s.source_id and f.file_no = s.from_file_no where s.is_gap and s.file_no <> s.from_file_no
