-- fact: supplier_data
-- place: Scope 3 categories: methods and data
with part as (
    select t.view, q.period, cast(sum(t.kg_co2e) as decimal(38,12)) as kg, cast(sum(t.kg_primary) as decimal(38,12)) as primary_kg
    from entry_total t join period q on t.month >= q.starts and t.month < q.ends where t.scope = '3' and t.role = 'inventory' and not t.is_biogenic and t.basis in ('both', 'location') group by all
)
select f.framework, p.period, case when t.kg > 0 then 'stated' else 'not_applicable' end as status,
    case when t.kg > 0 then 'Data of suppliers or of the company itself carry ' || cast(cast(share_of(t.primary_kg, t.kg) * 100 as decimal(18,1)) as varchar) || ' % of Scope 3.'
        else 'no Scope 3 emissions in the period' end as text
from framework f cross join period p left join part t on t.view = f.view and t.period = p.period
