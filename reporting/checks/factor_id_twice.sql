-- rule: factor/id-twice
-- severity: error
-- stage: 4
-- fix: give the factor an id of its own; ids are unique over all sets
-- citation: docs/tables.md
select null as source_id, null as file_no, min(f.row_no) as row_no, 'factor:' || f.factor_id as subject, 'both' as basis,
    'factor "' || f.factor_id || '" stands in ' || string_agg(distinct f.set_id, ', ' order by f.set_id) || ', or twice for one gas' as message
from factor f
group by f.factor_id having count(distinct f.set_id) > 1 or count(*) > count(distinct f.gas || f.is_biogenic::varchar)
