-- fact: scope3_excluded
-- place: Scope 3 categories: methods and data
select f.framework, p.period, case when s.text is null then 'not_applicable' else 'stated' end as status, coalesce(s.text, 'no category is excluded') as text
from framework f cross join period p
left join (select string_agg('Category ' || category || ' (' || replace(status, '_', ' ') || '): ' || reason, ' ' order by length(category), category) as text from scope3_category where status in ('excluded', 'not_relevant')) s
    on true
