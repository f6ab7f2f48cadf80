-- Recorded activity data of the inventory added up by type and unit: an activity counts once, whatever its gases; derived additions are left out.
with line as (
    select distinct activity_id, scope, activity_label, activity_unit, activity_quantity
    from ledger
    where derivation <> 'adds' and view = $view and role = 'inventory' and scope <> '' and basis in ('both', 'location')
        and cast(month as date) >= $starts and cast(month as date) < $ends
)
select scope, activity_label as label, activity_unit as unit, sum(activity_quantity) as quantity, count(*) as lines
from line
group by all
order by scope, label, unit
