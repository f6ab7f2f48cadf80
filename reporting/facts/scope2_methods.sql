-- fact: scope2_methods
-- place: Scope 2
select f.framework, p.period, 'stated' as status,
    'Scope 2 is computed twice, location-based and market-based; the two are never added. The market-based total takes cancelled certificates, then contracts, rates of suppliers, the residual mix, and the grid average where no residual mix is published.' as text
from framework f cross join period p
