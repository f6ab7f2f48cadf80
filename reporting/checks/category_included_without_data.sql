-- rule: scope3/included-without-data
-- severity: note
-- stage: 44
-- fix: add its activity data, or say why it is excluded or not relevant
-- citation: GHG Protocol Scope 3 Standard ch. 6 and 11
select null as source_id, null as file_no, null as row_no, 'category:' || c.category as subject, 'both' as basis,
    'Scope 3 category ' || c.category || ' (' || c.label || ') is included, and no activity of any period belongs to it' as message
from scope3_category c
anti join classification k on k.scope = '3' and k.scope3_category = c.category
where c.status = 'included'
