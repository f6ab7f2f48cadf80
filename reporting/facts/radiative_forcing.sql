-- fact: radiative_forcing
-- place: Emission factors used
with flight as (
    select e.view, q.period, count(distinct e.factor_id) as factors, count(distinct e.factor_id) filter (where regexp_matches(e.factor_label, '(?i)with rf|including rf|radiative')) as raised
    from entry_price e join period q on e.month >= q.starts and e.month < q.ends join activity_type t on t.activity_type = e.activity_type
    where t.scope3_category = '6' and t.activity_type like 'travel.air.%' group by all
)
select f.framework, p.period, case when t.factors > 0 then 'stated' else 'not_applicable' end as status,
    case when t.factors > 0 then t.raised || ' of ' || t.factors || ' factors of air travel include radiative forcing; the label of each says which.'
        else 'no air travel in the period' end as text
from framework f cross join period p left join flight t on t.view = f.view and t.period = p.period
