-- rule: time/comparative-without-reason
-- severity: error
-- stage: 76
-- of: true_up
-- fix: give the reason of the closed period in inventory.yaml: a comparative of an earlier year is revised with difference and reason
-- citation: docs/time.md
select distinct null as source_id, null as file_no, null as row_no, figure || '@' || closed_period as subject, 'both' as basis,
    figure || '@' || closed_period || ' of an earlier year was reported as ' || plain_number(closed_value) || ' and is now ' || plain_number(restated) || ' (' || plain_number(difference) || ')' as message
from true_up where treatment = 'comparative revised' and difference <> 0 and reason = ''
