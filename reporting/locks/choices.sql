-- The factor chosen for every key of a period. Contractual instruments are activity data, not factors of a set. Parameters: starts, ends.
select k.activity_type, k.region, k.supplier, k.factor_pin, k.unit, k.bases, k.need, k.basis, list(m.month order by m.month) as months, r.set_id, r.factor_id
from resolution_key k
join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
join month_interval m on m.interval_start = k.interval_start
where m.month >= $starts and m.month < $ends and r.set_id <> 'instruments'
group by k.activity_type, k.region, k.supplier, k.factor_pin, k.unit, k.bases, k.need, k.basis, r.set_id, r.factor_id
order by all
