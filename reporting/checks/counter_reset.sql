-- rule: intake/counter-reset
-- severity: warning
-- stage: 21
-- of: sample_step
-- fix: nothing can be done after the fact; what was drawn between the last sample before the restart and the restart is missing
-- citation: docs/formats/README.md
select source_id, file_no, min(row_no) as row_no, 'device:' || device as subject, 'both' as basis,
    'the counter of ' || device || ' began again at 0 ' || case when count(*) = 1 then 'once' else count(*) || ' times' end || ' (first at row ' || min(row_no) || '); what it counted since is added' as message
from sample_step where is_reset group by source_id, file_no, device
