-- rule: intake/omission-without-estimate
-- severity: error
-- stage: 21
-- of: exclusion
-- fix: give estimated_t_co2e and approved_by for what is omitted
-- citation: GHG Protocol Corporate Standard ch. 9
select e.source_id, null as file_no, null as row_no, 'exclusions.csv:' || e.row_no as subject, 'both' as basis,
    'exclusions.csv row ' || e.row_no || ' omits emissions without an estimate or an approver' as message
from exclusion e where e.kind = 'omitted' and (e.estimated_t_co2e is null or coalesce(e.approved_by, '') = '')
