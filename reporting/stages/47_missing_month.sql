-- Months of the reporting periods for which a declared meter has nothing: not zero, missing.
create table missing_month as -- of: meter
with step as (
    select 0 as months union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6 union all select 7
    union all select 8 union all select 9 union all select 10 union all select 11
),
counted as (select p.ends, year(p.starts) * 12 + month(p.starts) - 1 + s.months as month_no from period p cross join step s where p.is_disclosed),
dated as (select c.ends, make_date(cast(c.month_no // 12 as integer), cast(c.month_no % 12 + 1 as integer), 1) as month from counted c),
expected as (select distinct m.meter, m.site, m.carrier, d.month from meter m cross join dated d where d.month < d.ends),
known as (select distinct meter from activity where meter <> ''),
present as (select distinct meter, cast(date_trunc('month', month) as date) as month from activity where derivation in ('', 'replaces', 'fills') and counts),
omitted as (select activity_id from exclusion where kind = 'omitted')
select e.meter, e.site, e.carrier, e.month, k.meter is not null as is_known_elsewhere
from expected e
left join known k on k.meter = e.meter
anti join present s on s.meter = e.meter and s.month = e.month
anti join omitted x on x.activity_id = e.meter || '@' || substr(cast(e.month as varchar), 1, 7);
