-- rule: intake/replaces-cycle
-- severity: error
-- stage: 21
-- cell: replaces
-- of: replacement_fault
-- fix: let the latest read replace the earlier ones, and no read itself
-- citation: docs/time.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    a.activity_id || ' replaces itself' || case when a.replaces in (a.given_id, a.activity_id) then '' else ', through what it replaces' end || ': no row would count' as message
from replacement_fault f join activity_row a on a.activity_id = f.replaced_activity_id
where f.fault = 'cycle'
