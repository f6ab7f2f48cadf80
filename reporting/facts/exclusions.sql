-- fact: exclusions
-- place: Methodology, Left out, with reasons
select f.framework, p.period, 'stated' as status,
    case when x.rows = 0 then 'No row of a source is left out' else x.rows || ' rows of exclusions.csv leave something out, ' || x.omitted || ' of them omit emissions'
        || case when x.omitted > 0 then ' (estimated at ' || plain_number(x.t) || ' t CO2e)' else '' end end
        || case when c.excluded <> '' then '; Scope 3 categories excluded with reasons: ' || c.excluded else '; no Scope 3 category is excluded' end || '.' as text
from framework f cross join period p
cross join (select count(*) as rows, count(*) filter (where kind = 'omitted') as omitted, coalesce(sum(estimated_t_co2e) filter (where kind = 'omitted'), 0) as t from exclusion) x
cross join (select coalesce(string_agg(category, ', ' order by length(category), category) filter (where status = 'excluded'), '') as excluded from scope3_category) c
