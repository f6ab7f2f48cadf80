-- fact: scope3_categories
-- place: Scope 3 categories: methods and data
select f.framework, p.period, case when bool_or(c.status = 'undecided') then 'needs_person' else 'stated' end as status,
    'Included: ' || coalesce(string_agg(c.category, ', ' order by length(c.category), c.category) filter (where c.status = 'included'), 'none')
        || '; excluded: ' || coalesce(string_agg(c.category, ', ' order by length(c.category), c.category) filter (where c.status = 'excluded'), 'none')
        || '; not relevant: ' || coalesce(string_agg(c.category, ', ' order by length(c.category), c.category) filter (where c.status = 'not_relevant'), 'none')
        || coalesce('; undecided: ' || string_agg(c.category, ', ' order by length(c.category), c.category) filter (where c.status = 'undecided'), '') as text
from framework f cross join period p cross join scope3_category c group by f.framework, p.period
