-- fact: boundary
-- place: Methodology, Entities within the boundary
select f.framework, p.period, 'stated' as status,
    'Consolidated by ' || replace(v.approach, '_', ' ') || ' (view ' || f.view || '): '
        || string_agg(e.name || ' (' || e.country || ', ownership ' || cast(cast(e.ownership * 100 as decimal(18,2)) as varchar) || ' %, financial control '
            || case when e.joint_financial_control then 'joint' when e.financial_control then 'yes' else 'no' end || ', operational control '
            || case when e.operational_control then 'yes' else 'no' end || ')', '; ' order by e.entity, e.valid_from) as text
from framework f join view v on v.view = f.view cross join period p join entity e on e.valid_from < p.ends and e.valid_to > p.starts
group by f.framework, f.view, v.approach, p.period
