-- fact: target_coverage
-- place: GHG emission reduction targets
with told as (
    select string_agg(target || ': ' || plain_number(coverage * 100) || ' % of ' || figure, '; ' order by ends, target, figure) as text from target having count(*) > 0 and count(coverage) = count(*)
)
select f.framework, p.period, 'stated' as status, 'Targets are set on figures of this inventory, within its boundary (' || replace(v.approach, '_', ' ') || '); of the base year they cover ' || t.text as text
from framework f join view v on v.view = f.view cross join period p join told t on true
