-- rule: scope3/excluded-with-data
-- severity: error
-- stage: 44
-- fix: set the category to included in inventory.yaml, or exclude the rows with a reason
-- citation: GHG Protocol Scope 3 Standard ch. 6
select distinct a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'category ' || c.category || ' is ' || replace(c.status, '_', ' ') || ' in inventory.yaml, and this row belongs to it' as message
from activity a join classification k using (activity_id) join scope3_category c on c.category = k.scope3_category
where c.status in ('excluded', 'not_relevant') and k.scope = '3' and a.role = 'inventory' and a.counts
