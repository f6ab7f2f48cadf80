-- rule: intake/sample-gap
-- severity: error
-- stage: 21
-- of: sample_step
-- fix: export the missing samples, or raise max_gap_seconds of the source where the device drew in between what it drew before and after
-- citation: docs/formats/README.md
select e.source_id, e.file_no, e.row_no, 'activity:' || e.source_id || ':' || e.energy_key as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' gap' else ' gaps' end || ' between samples of ' || e.device || ', the first of ' || arg_min(s.seconds, s.microsecond) || ' s between the rows '
        || arg_min(s.from_row_no, s.microsecond) || ' and ' || arg_min(s.row_no, s.microsecond) || '; more than ' || any_value(s.max_gap_seconds) || ' s are not interpolated' as message
from sample_step s join sampled_energy e on e.source_id = s.source_id and e.run = s.run and e.device = s.device and e.kind = s.kind and e.month = s.month
where s.is_gap and s.file_no = s.from_file_no
group by e.source_id, e.file_no, e.row_no, e.energy_key, e.device
