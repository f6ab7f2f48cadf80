-- rule: intake/exclusion-unused
-- severity: error
-- stage: 21
-- of: exclusion
-- fix: name source and row or activity_id as they stand in the file
-- citation: docs/tables.md
select e.source_id, null as file_no, null as row_no, 'exclusions.csv:' || e.row_no as subject, 'both' as basis,
    'exclusions.csv row ' || e.row_no || ' matches no row' as message
from exclusion e left join excluded_row x on x.exclusion_no = e.row_no where x.exclusion_no is null
