-- fact: gases
-- place: the figures by gas
select f.framework, p.period, 'stated' as status, 'Gases with activity in the period: ' || g.gases || '. Every gas of the Kyoto Protocol is a figure of its own; CO2e without gases is counted apart.' as text
from framework f cross join period p
join (select t.view, q.period, string_agg(distinct t.gas_group, ', ' order by t.gas_group) as gases from entry_total t join period q on t.month >= q.starts and t.month < q.ends
    where t.role = 'inventory' and t.scope <> '' and not t.is_biogenic group by all) g on g.view = f.view and g.period = p.period
