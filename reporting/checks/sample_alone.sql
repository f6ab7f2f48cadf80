-- rule: intake/sample-alone
-- severity: error
-- stage: 21
-- of: sample
-- fix: export two samples or more of every device; a single scrape or value says nothing of energy
-- citation: docs/formats/README.md
select s.source_id, min(s.file_no) as file_no, arg_min(s.row_no, s.file_no) as row_no, 'device:' || s.device as subject, 'both' as basis,
    s.device || case when count(r.row_no) = 0 then ' has no measured sample with a time' else ' has one sample' end || ', which gives no energy' as message
from sample s left join sample_read r on r.source_id = s.source_id and r.file_no = s.file_no and r.row_no = s.row_no and r.device = s.device and r.kind = s.kind and r.run = s.run
group by s.source_id, s.run, s.device, s.kind having count(distinct r.microsecond) < 2
