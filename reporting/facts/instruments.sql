-- fact: instruments
-- place: Scope 2 by tier of the market-based method
select f.framework, p.period, case when i.number > 0 then 'stated' else 'not_applicable' end as status,
    case when i.number > 0 then i.number || ' contractual instruments touch the period: ' || i.cancelled || ' cancelled (they count), ' || (i.number - i.cancelled)
        || ' contracted or delivered (provisional figure only).' else 'no contractual instrument is declared for the period' end as text
from framework f cross join period p
left join (select q.period, count(*) as number, count(*) filter (where status = 'cancelled') as cancelled from instrument i join period q on i.starts < q.ends and i.ends > q.starts group by all) i
    on i.period = p.period
