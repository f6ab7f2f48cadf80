-- Tonnes by entity and scope, location-based, biogenic CO2 apart; largest entity first.
select coalesce(any_value(entity.name), ledger.entity) as label, ledger.scope as part, sum(ledger.kg_co2e) * 0.001 as tonnes
from ledger
left join (select distinct on (entity) entity, name from entity order by entity, valid_from desc) as entity on entity.entity = ledger.entity
where ledger.view = $view and ledger.role = 'inventory' and ledger.scope in ('1', '2', '3') and ledger.basis in ('both', 'location')
    and not (ledger.is_biogenic and ledger.gas = 'CO2') and cast(ledger.month as date) >= $starts and cast(ledger.month as date) < $ends
group by ledger.entity, ledger.scope
order by sum(sum(ledger.kg_co2e)) over (partition by ledger.entity) desc, label, part
