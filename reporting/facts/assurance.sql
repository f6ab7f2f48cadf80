-- fact: assurance
-- place: Cover
select f.framework, p.period, 'stated' as status, 'Not independently assured. The evidence pack allows re-performance; that is not a verification under ISO 14064-3.' as text
from framework f cross join period p
