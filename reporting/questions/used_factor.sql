-- The factors that price the activity of a period, with the months. Variables starts, ends.
create or replace temp table used_factor as
select r.set_id, r.factor_id, string_agg(distinct k.activity_type, ', ' order by k.activity_type) as activity_types, min(a.month) as first_month, max(a.month) as last_month
from activity a
join month_interval m on m.month = a.month
join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
    and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
where a.counts and a.quantity is not null and r.set_id <> 'instruments' and a.month >= getvariable('starts') and a.month < getvariable('ends')
group by r.set_id, r.factor_id;
