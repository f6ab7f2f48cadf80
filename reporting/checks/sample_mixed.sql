-- rule: intake/sample-mixed
-- severity: error
-- stage: 21
-- of: sample_told_twice
-- fix: export the uuid of the devices with the samples, or one file per host
-- citation: docs/formats/README.md
select e.source_id, e.file_no, e.row_no, 'activity:' || e.source_id || ':' || e.energy_key as subject, 'both' as basis,
    'rows ' || min(t.row_no) || ' and ' || arg_min(t.by_row_no, t.row_no) || ' give two values of ' || e.device || ' at one instant: several devices are mixed' as message
from sample_told_twice t join sampled_energy e on e.source_id = t.source_id and e.device = t.device and e.file_no = t.file_no
where t.file_no = t.by_file_no group by e.source_id, e.file_no, e.row_no, e.energy_key, e.device
