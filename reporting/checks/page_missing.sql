-- rule: intake/page-missing
-- severity: error
-- stage: 21
-- fix: ask the API for the pages that follow and put them beside this file, each as it was answered
-- citation: docs/formats/README.md
-- A file may hold several pages, and the last page may hold no record: it is told by its columns alone.
with page as (
    select k.source_id, k.file_no, coalesce(bool_and(case k.name when '/has_more' then lower(coalesce(r.cells[k.position], '')) = 'true' else coalesce(r.cells[k.position], '') <> '' end), false) as has_more
    from source_column k left join source_row r on r.source_id = k.source_id and r.file_no = k.file_no
    where k.name in ('/has_more', '/skipToken', '/nextLink') group by all
),
chain as (select source_id from page group by source_id having bool_and(has_more))
select p.source_id, p.file_no, null as row_no, 'file:' || p.file_no || ' page' as subject, 'both' as basis, f.path || ' says that more pages follow, and no file of the source is the last page' as message
from page p join chain using (source_id) join source_file f on f.source_id = p.source_id and f.file_no = p.file_no
