-- condition: credits_cancelled
select f.framework, p.period, 'no cancelled carbon credits are declared under inputs' as reason
from framework f cross join period p anti join input i on i.period = p.period and i.name = 'credits_cancelled' and i.value <> 0
