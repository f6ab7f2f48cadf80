-- Every gas of the factors chosen in a period. Parameters: starts, ends.
with used as (
    select distinct r.set_id, r.factor_id
    from resolution_key k
    join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
    join month_interval m on m.interval_start = k.interval_start
    where m.month >= $starts and m.month < $ends and r.set_id <> 'instruments'
)
select f.set_id, f.factor_id, f.gas, f.is_biogenic, f.value, f.value_as, f.per_unit
from factor f join used u on u.set_id = f.set_id and u.factor_id = f.factor_id
order by f.set_id, f.factor_id, f.gas, f.is_biogenic
