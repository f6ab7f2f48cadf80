-- rule: intake/column-twice
-- severity: error
-- stage: 21
-- fix: give the two columns different names
-- citation: docs/tables.md
select k.source_id, k.file_no, 1 as row_no, 'column:' || k.name as subject, 'both' as basis, 'column "' || k.name || '" stands ' || count(*) || ' times in the header' as message
from source_column k join (select distinct source_id, column_name from part_column) p on p.source_id = k.source_id and p.column_name = k.name
group by k.source_id, k.file_no, k.name having count(*) > 1
