-- fact: biogenic
-- place: the figures of biogenic CO2
select f.framework, p.period, 'stated' as status,
    'CO2 of biomass stands outside the totals in figures of its own; its CH4 and N2O are inside. Natural biogenic emissions are not modelled.' as text
from framework f cross join period p
