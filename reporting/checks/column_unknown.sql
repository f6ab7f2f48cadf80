-- rule: intake/column-unknown
-- severity: error
-- stage: 21
-- fix: rename or remove the column, or use the connector `mapping`
-- citation: docs/tables.md
select k.source_id, k.file_no, 1 as row_no, 'column:' || k.name as subject, 'both' as basis, 'column "' || k.name || '" is not a column of activity_csv' as message
from source_column k join source s on s.source_id = k.source_id and s.connector = 'activity_csv'
left join part_column p on p.source_id = k.source_id and p.part = 1 and p.column_name = k.name
where p.target is null
    and not (k.name in (select operand from calculation_operand union select operand || '_unit' from calculation_operand) and k.source_id in (select source_id from method_part))
