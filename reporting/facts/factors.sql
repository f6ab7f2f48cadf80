-- fact: factors
-- place: Emission factors used; Source files
select f.framework, p.period, 'stated' as status, g.factors || ' emission factors of ' || g.sets || ' published or own sets priced the period, each with publication, table and cell.' as text
from framework f cross join period p
join (select e.view, q.period, count(distinct e.factor_id) as factors, count(distinct e.set_id) as sets from entry_price e join period q on e.month >= q.starts and e.month < q.ends
    group by all) g on g.view = f.view and g.period = p.period
