-- rule: intake/column-required
-- severity: error
-- stage: 21
-- of: refused_file
-- fix: export the file with this column; the page of the connector in docs/formats says which it needs
-- citation: docs/formats/README.md
select r.source_id, r.file_no, 1 as row_no, 'column:' || r.names as subject, 'both' as basis, 'column ' || r.names || ' is not in the file; ' || r.connector || ' needs it'
    || case when r.names = min(r.names) over (partition by r.source_id, r.file_no) then coalesce('. ' || c.name, '') else '' end as message
from refused_file r left join connector_column c on c.connector = r.connector and c.use = 'lacks'
