-- fact: removals_and_credits
-- place: E1-7 Carbon credits, apart from gross emissions
with given as (
    select p.period, sum(i.value) filter (where i.name = 'removals') as removals, sum(i.value) filter (where i.name = 'credits_cancelled') as credits, count(i.name) as inputs
    from period p left join input i on i.period = p.period and i.name in ('removals', 'credits_cancelled') group by p.period
)
select f.framework, g.period, case when g.inputs > 0 then 'stated' else 'needs_person' end as status,
    case when g.inputs > 0 then 'Removals and storage: ' || coalesce(plain_number(g.removals) || ' t CO2e', 'none declared') || '; carbon credits cancelled: ' || coalesce(plain_number(g.credits) || ' t CO2e', 'none declared')
            || '. Neither is deducted from gross emissions.'
        else 'nothing is declared under inputs: say whether removals or carbon credits are used' end as text
from framework f cross join given g
