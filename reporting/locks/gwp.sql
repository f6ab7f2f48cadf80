-- The GWP values of each view, for CO2 and every gas whose mass is priced in a period. Parameters: starts, ends.
with used as (
    select distinct p.gas from price p join month_interval m on m.interval_start = p.interval_start
    where m.month >= $starts and m.month < $ends and p.value_as = 'kg_gas'
    union select 'CO2'
)
select v.view, v.gwp_set, g.gas, g.value
from view v join gwp g on g.gwp_set = v.gwp_set join used u on u.gas = g.gas
order by v.view, g.gas
