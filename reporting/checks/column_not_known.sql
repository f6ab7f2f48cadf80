-- rule: intake/column-not-known
-- severity: note
-- stage: 21
-- fix: nothing has to be done; the columns are kept with the rows and not used
-- citation: docs/formats/README.md
select k.source_id, k.file_no, 1 as row_no, 'columns:' || s.connector as subject, 'both' as basis,
    s.connector || ' does not know the column' || case when count(*) = 1 then ' ' else 's ' end || string_agg('"' || k.name || '"', ', ' order by k.position) as message
from named_column k join source s on s.source_id = k.source_id
anti join connector_column c on c.connector = s.connector and k.name like c.pattern escape '\'
where s.connector in (select connector from connector_column where use = 'known') and k.name <> ''
group by k.source_id, k.file_no, s.connector
