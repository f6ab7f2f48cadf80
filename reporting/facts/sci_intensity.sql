-- fact: sci_intensity
-- place: Emission factors used
with part as (
    select q.period, e.view, string_agg(distinct e.region || ' (' || e.factor_id || ')', ', ' order by e.region || ' (' || e.factor_id || ')') as factors
    from entry_price e join period q on e.month >= q.starts and e.month < q.ends
    join (select distinct activity_type, region, month from activity where system <> '') a on a.activity_type = e.activity_type and a.region = e.region and a.month = e.month
    where e.basis in ('both', 'location') and e.activity_type like 'electricity%' group by all
)
select f.framework, p.period, 'stated' as status, 'Location-based average factors of the grid where the electricity was used: ' || c.factors || '.' as text
from framework f cross join period p join part c on c.period = p.period and c.view = f.view
