-- rule: intake/site-unknown
-- severity: error
-- stage: 21
-- cell: site
-- fix: add the site to inventory.yaml, or correct the cell
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'unknown site "' || left(a.site, 80) || '"' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.site is not null and a.known_site is null and not a.is_none
