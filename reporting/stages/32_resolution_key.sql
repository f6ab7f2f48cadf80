-- What needs a factor, once per distinct key. Months are cut where any factor's validity or usability, a lock or a year begins or
-- ends, so that a key's candidates are the same all through, whatever other sets there are.
create table validity_interval as
with boundary as (select valid_from as starts from factor union select valid_to from factor
    union select starts from lock_period union select ends from lock_period
    union select usable_until from factor_set union select cast(date_trunc('year', month) as date) from activity)
select starts, coalesce(lead(starts) over (order by starts), date '9999-01-01') as ends from boundary;

create table month_interval as
select m.month, coalesce(v.starts, date '1900-01-01') as interval_start
from (select distinct month from activity) m left join validity_interval v on v.starts <= cast(date_trunc('month', m.month) as date) and cast(date_trunc('month', m.month) as date) < v.ends;

-- The sets that a lock keeps out of an interval, which lies in the locked period whole.
create table locked_interval as
select m.interval_start, o.set_id, min(o.period) as period from month_interval m join locked_out o on o.month = m.month group by m.interval_start, o.set_id;

create table resolution_key as
with need as (
    select t.priced_as, t.boundary, a.activity_type, a.region, a.supplier, a.factor_pin, a.unit, i.interval_start, a.bases, a.basis as need,
        max(abs(a.quantity)) as largest_quantity
    from activity a join activity_type t on t.activity_type = a.activity_type join month_interval i on i.month = a.month
    where a.quantity is not null and a.counts
    group by t.priced_as, t.boundary, a.activity_type, a.region, a.supplier, a.factor_pin, a.unit, i.interval_start, a.bases, a.basis
),
-- Which bases an activity is priced for, and by which rule each is priced.
plan as (
    select 'single' as bases, 'both' as need, 'both' as basis, 'both' as pricing
    union all select 'dual', 'both', 'location', 'location'
    union all select 'dual', 'both', 'market', 'market'
    union all select 'dual', 'location', 'location', 'location'
    union all select 'dual', 'market', 'market', 'market'
    union all select 'dual', 'provisional', 'provisional', 'market'
)
select row_number() over (order by n.activity_type, n.region, n.supplier, n.factor_pin, n.unit, n.interval_start, n.bases, n.need, p.basis) as resolution_key,
    n.priced_as, n.boundary, n.activity_type, n.region, n.supplier, n.factor_pin, n.unit, n.interval_start, n.bases, n.need, p.basis, p.pricing, n.largest_quantity
from need n join plan p on p.bases = n.bases and p.need = n.need;
