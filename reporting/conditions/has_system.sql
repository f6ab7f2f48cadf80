-- condition: has_system
select f.framework, p.period, 'no system is declared' as reason
from framework f cross join period p anti join system s on true
