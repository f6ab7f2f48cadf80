-- rule: intake/column-required
-- severity: error
-- stage: 21
-- fix: export the file with this column; the page of the connector in docs/formats says which it needs
-- citation: docs/formats/README.md
with wanted as (select connector, choice, string_agg('"' || name || '"', ' or ' order by pattern) as names from connector_column where use = 'required' group by all),
present as (
    select distinct k.source_id, k.file_no, c.choice
    from source_column k join source s on s.source_id = k.source_id join connector_column c on c.connector = s.connector and c.use = 'required' and k.name like c.pattern escape '\'
)
select f.source_id, f.file_no, 1 as row_no, 'column:' || w.names as subject, 'both' as basis, 'column ' || w.names || ' is not in the file; ' || s.connector || ' needs it' as message
from source_file f join source s on s.source_id = f.source_id join wanted w on w.connector = s.connector
anti join present p on p.source_id = f.source_id and p.file_no = f.file_no and p.choice = w.choice
where exists (from source_column c where c.source_id = f.source_id and c.file_no = f.file_no)
