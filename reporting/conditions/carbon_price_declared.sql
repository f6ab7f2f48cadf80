-- condition: carbon_price_declared
select f.framework, p.period, 'no internal carbon price is declared under inputs' as reason
from framework f cross join period p anti join input i on i.period = p.period and i.name = 'carbon_price'
