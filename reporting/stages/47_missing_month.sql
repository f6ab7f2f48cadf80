-- Months of the reporting quarters for which a declared meter has nothing: not zero, missing.
create table missing_month as
with expected as (
    select distinct m.meter, m.site, m.carrier, e.month
    from meter m
    join (select distinct month from (select unnest(range(starts::timestamp, ends::timestamp, interval 1 month))::date as month from period where is_disclosed)) e on true
)
select e.meter, e.site, e.carrier, e.month, exists (from activity a where a.meter = e.meter) as is_known_elsewhere
from expected e
anti join (select distinct meter, month from activity where derivation in ('', 'replaces') and counts) s on s.meter = e.meter and s.month = e.month
anti join exclusion x on x.kind = 'omitted' and x.activity_id = e.meter || '@' || strftime(e.month, '%Y-%m');
