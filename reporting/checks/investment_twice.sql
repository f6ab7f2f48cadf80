-- rule: boundary/investment-twice
-- severity: error
-- stage: 44
-- fix: say `investment: stated` for the entity in inventory.yaml, or exclude the row as a duplicate
-- citation: GHG Protocol Scope 3 Standard Box 5.1, category 15
select distinct a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the row states emissions of the investment "' || a.supplier || '", whose Scope 1 and 2 are already in category 15 of the view ' || k.view as message
from activity a join classification c using (activity_id)
join (select distinct view, entity, month from classification_key where moved = 'investment') k
    on k.view = c.view and k.entity = a.supplier and date_trunc('month', k.month) = date_trunc('month', a.month)
where c.scope3_category = '15' and c.moved = '' and c.share <> 0 and a.role = 'inventory' and a.counts
