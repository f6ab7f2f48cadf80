-- rule: intake/correction-old-differs
-- severity: error
-- stage: 21
-- of: correction_cell
-- fix: look at the cell again: the file changed, or the correction names the wrong cell
-- citation: docs/tables.md
select k.source_id, k.file_no, k.row_no, 'corrections.csv:' || k.correction_no as subject, 'both' as basis,
    'corrections.csv row ' || k.correction_no || ' expects "' || coalesce(k.old, '') || '", the cell reads "' || coalesce(k.found, '') || '"' as message
from correction_cell k where coalesce(trim(k.old), '') <> coalesce(trim(k.found), '')
