-- fact: data_quality
-- place: Methodology, What the key figures rest on
with part as (
    select t.view, q.period, cast(sum(t.kg_co2e) as decimal(38,12)) as kg, cast(sum(t.kg_measured) as decimal(38,12)) as measured, cast(sum(t.kg_estimated) as decimal(38,12)) as estimated,
        cast(sum(t.kg_fallback) as decimal(38,12)) as fallback
    from entry_total t join period q on t.month >= q.starts and t.month < q.ends where t.scope <> '' and t.role = 'inventory' and not t.is_biogenic and t.basis in ('both', 'location') group by all
)
select f.framework, p.period, 'stated' as status,
    'Of all scopes (location-based) ' || cast(cast(share_of(t.measured, t.kg) * 100 as decimal(18,1)) as varchar) || ' % rest on measured activity data, '
        || cast(cast(share_of(t.estimated, t.kg) * 100 as decimal(18,1)) as varchar) || ' % on estimates or stand-ins, '
        || cast(cast(share_of(t.fallback, t.kg) * 100 as decimal(18,1)) as varchar) || ' % on factors of another place or an older year.' as text
from framework f cross join period p join part t on t.view = f.view and t.period = p.period and t.kg > 0
