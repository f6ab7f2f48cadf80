-- rule: intake/entity-unknown
-- severity: error
-- stage: 21
-- cell: entity
-- fix: name an entity of inventory.yaml or a site that belongs to one, in the row, or for the whole file under `constants` of the source
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, case when a.entity is null then 'neither an entity nor a site is named' else 'unknown entity "' || left(a.entity, 80) || '"' end as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.known_entity is null and (a.site is null or a.known_site is not null) and not a.is_none
