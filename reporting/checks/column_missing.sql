-- rule: intake/column-missing
-- severity: error
-- stage: 21
-- fix: correct the column map of the source, or export the column
-- citation: docs/tables.md
select f.source_id, f.file_no, 1 as row_no, 'column:' || p.column_name as subject, 'both' as basis,
    'column "' || p.column_name || '" is not in the file; it was to give ' || p.target as message
from source_file f join part_column p using (source_id) join source s using (source_id)
left join source_column k on k.source_id = f.source_id and k.file_no = f.file_no and k.name = p.column_name
where k.name is null and exists (from source_column c where c.source_id = f.source_id and c.file_no = f.file_no)
    and (s.connector <> 'activity_csv' or p.target in ('activity_type', 'start', 'end')
        or (p.target in ('quantity', 'unit') and not exists (from method_part m where m.source_id = f.source_id)))
