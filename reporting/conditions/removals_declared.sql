-- condition: removals_declared
select f.framework, p.period, 'no removals are declared under inputs' as reason
from framework f cross join period p anti join input i on i.period = p.period and i.name in ('removals', 'removals_own', 'removals_value_chain') and i.value <> 0
