-- rule: boundary/entity-not-held
-- severity: warning
-- stage: 30
-- fix: extend valid_from or valid_to of the entity in inventory.yaml, or exclude the row as outside_boundary
-- citation: GHG Protocol Corporate Standard ch. 3
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'entity "' || a.entity || '" is not part of the organisation in ' || left(a.month::varchar, case day(a.month) when 1 then 7 else 10 end) || '; this part of the row is in no figure' as message
from activity a left join entity e on e.entity = a.entity and e.valid_from <= a.month and a.month < e.valid_to
where e.entity is null and a.derivation = ''
