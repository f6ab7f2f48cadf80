-- fact: sci_components
-- place: Components of the systems
with part as (
    select q.period, t.system, string_agg(distinct t.lifecycle_stage, ', ' order by t.lifecycle_stage) as stages, count(distinct t.site) filter (where t.site <> '') as sites
    from entry_total t join period q on t.month >= q.starts and t.month < q.ends where t.system <> '' group by all
)
select f.framework, p.period, 'stated' as status,
    string_agg(s.name || ': ' || coalesce('lifecycle stages with data ' || c.stages || ', ' || c.sites || ' sites', 'no data in the period'), '; ' order by s.system)
        || '. The table of components says what each adds.' as text
from framework f cross join period p cross join system s left join part c on c.system = s.system and c.period = p.period group by f.framework, p.period
