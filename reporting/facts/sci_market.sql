-- fact: sci_market
-- place: Score
select f.framework, p.period, 'stated' as status, 'No offset, certificate or power purchase agreement enters E, I or M: the score reads the location basis alone.' as text
from framework f cross join period p
