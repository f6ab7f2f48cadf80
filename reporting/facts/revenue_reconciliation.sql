-- fact: revenue_reconciliation
-- place: E1-6 GHG intensity
select f.framework, p.period, case when r.text is not null then 'stated' else 'needs_person' end as status,
    coalesce(r.text, 'give revenue and net_revenue_other beside net_revenue under inputs, or write how net revenue follows from the financial statements') as text
from framework f cross join period p
left join (
    select n.period, 'Revenue ' || plain_number(r.value) || ' ' || r.unit || ' (' || r.source || ') = ' || plain_number(n.value) || ' used for the intensity (' || n.source || ') + ' || plain_number(o.value)
        || ' other (' || o.source || ')' as text
    from input n join input r on r.period = n.period and r.name = 'revenue' join input o on o.period = n.period and o.name = 'net_revenue_other' where n.name = 'net_revenue'
) r on r.period = p.period
