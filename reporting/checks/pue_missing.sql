-- rule: intake/pue-missing
-- severity: error
-- stage: 25
-- fix: give the site a PUE for that month in inventory.yaml, or meter the facility
-- citation: ISO/IEC 30134-2
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'measured at the IT equipment, and site "' || coalesce(a.site, '') || '" has no PUE for ' || strftime(a.month, '%Y-%m') as message
from activity_base a join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity' and t.is_energy
where a.measurement_point = 'it' and a.counts
