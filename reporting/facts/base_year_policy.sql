-- fact: base_year_policy
-- place: Methodology, Base year and its policy
select f.framework, p.period, 'stated' as status, b.policy || ' Threshold: ' || plain_number(b.threshold * 100) || ' % of a figure, up and down.' as text
from framework f cross join period p cross join base_year b
