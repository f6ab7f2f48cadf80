-- rule: energy/content-missing
-- severity: error
-- stage: 46
-- fix: give the fuel in a unit with a known energy content, or add it to factors/energy_contents.csv
-- citation: ESRS E1 AR 32
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'energy' as basis, 'no energy content for ' || t.carrier || ' per ' || a.unit as message
from activity a join activity_type t on t.activity_type = a.activity_type left join activity_energy e on e.activity_id = a.activity_id
where a.counts and t.is_energy and a.quantity is not null and e.activity_id is null and a.basis in ('both', 'location') and a.role = 'inventory'
