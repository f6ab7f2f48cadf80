-- rule: time/closed-period-changed
-- severity: warning
-- stage: 76
-- of: true_up
-- fix: give the reason of the closed period in inventory.yaml, or let the actual read name the accrual that it replaces
-- citation: docs/time.md
select distinct null as source_id, null as file_no, null as row_no, figure || '@' || closed_period as subject, 'both' as basis,
    figure || '@' || closed_period || ' was reported as ' || plain_number(closed_value) || ' and is now ' || plain_number(restated) || '; no accrual was replaced and no reason is given' as message
from true_up where treatment = 'true-up' and restated <> closed_value and accruals = 0 and reason = ''
