-- Months of locked periods, and the sets that may not price them: those that were not there when the period was locked (a newer edition, say).
-- Contractual instruments are activity data and never locked out.
create table lock_month as -- of: lock_period
select period, cast(unnest(generate_series(starts, ends - interval 1 day, interval 1 month)) as date) as month from lock_period;

create table locked_out as -- of: lock_period
select m.month, s.set_id, min(m.period) as period
from lock_month m cross join factor_set s
left join lock_set l on l.period = m.period and l.set_id = s.set_id
where l.set_id is null and s.set_id <> 'instruments'
group by m.month, s.set_id;
