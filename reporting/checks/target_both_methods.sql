-- rule: target/both-scope-2-methods
-- severity: error
-- stage: 74
-- of: target
-- fix: give each method a target of its own: the two are never added
-- citation: GHG Protocol Scope 2 Guidance ch. 7
select null as source_id, null as file_no, null as row_no, 'target:' || t.target as subject, 'both' as basis, 'target "' || t.target || '" adds ' || string_agg(t.figure, ' and ' order by t.figure) as message
from target t join figure f on f.figure_id = t.figure and f.period = (select min(period) from period)
join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint and d.basis in ('location', 'market')
group by t.target having count(distinct d.basis) > 1
