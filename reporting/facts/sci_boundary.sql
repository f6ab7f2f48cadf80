-- fact: sci_boundary
-- place: Components of the systems
select f.framework, p.period, 'stated' as status, string_agg(s.name || ': ' || trim(s.boundary), ' ' order by s.system) as text
from framework f cross join period p cross join system s where trim(s.boundary) <> '' group by f.framework, p.period
