-- Tonnes by month and scope, location-based, biogenic CO2 apart.
select strftime(cast(month as date), '%Y-%m') as label, scope as part, sum(kg_co2e) * 0.001 as tonnes
from ledger
where view = $view and role = 'inventory' and scope in ('1', '2', '3') and basis in ('both', 'location')
    and not (is_biogenic and gas = 'CO2') and cast(month as date) >= $starts and cast(month as date) < $ends
group by all
order by label, part
