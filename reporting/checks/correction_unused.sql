-- rule: intake/correction-unused
-- severity: error
-- stage: 21
-- of: correction
-- fix: name source, row or activity_id, and column as they stand in the file
-- citation: docs/tables.md
select c.source_id, null as file_no, null as row_no, 'corrections.csv:' || c.row_no as subject, 'both' as basis,
    'corrections.csv row ' || c.row_no || ' matches no cell' as message
from correction c left join correction_cell k on k.correction_no = c.row_no where k.correction_no is null
