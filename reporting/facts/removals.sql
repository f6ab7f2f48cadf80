-- fact: removals
-- place: nowhere
select f.framework, p.period, 'not_applicable' as status, 'no removals are quantified: no activity type of this engine is a removal, and nothing is deducted from gross emissions' as text
from framework f cross join period p
