-- fact: sci_sources
-- place: Source files; Emission factors used
with part as (
    select q.period, count(distinct a.source_id) as sources, string_agg(distinct a.data_quality, ', ' order by a.data_quality) as quality
    from activity a join period q on a.month >= q.starts and a.month < q.ends where a.system <> '' group by q.period
)
select f.framework, p.period, 'stated' as status, 'Data of the systems come from ' || c.sources || ' sources (' || c.quality || '); every line names its file and row, and its factor with publication and cell.' as text
from framework f cross join period p join part c on c.period = p.period
