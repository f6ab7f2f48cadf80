-- Contractual instruments laid against consumption: both stand end to end on one line of kWh per market and window, and where they overlap they match.
-- So nothing is used twice, nothing beyond consumption, and the remainder is exact. Claim `market` knows cancelled instruments only
-- (GHG Protocol Scope 2 Guidance, Table 7.1), claim `provisional` all of them.
create table instrument_claim as
with claim as (
    select 'market' as claim where exists (from instrument)
    union all select 'provisional' where exists (from instrument where status <> 'cancelled')
)
select c.claim, i.instrument_id, i.market, i.starts, i.ends, cast(i.volume * u.multiplier as decimal(38,10)) as kwh
from claim c join instrument i on i.status = 'cancelled' or c.claim = 'provisional'
join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh';

create table instrument_match as
with supply as (
    select *, coalesce(sum(kwh) over (partition by claim, market, starts, ends order by instrument_id rows between unbounded preceding and 1 preceding), 0) as first_kwh
    from instrument_claim
),
demand as (
    select p.claim, p.market, p.starts, p.ends, a.activity_id, cast(a.quantity * u.multiplier as decimal(38,10)) as kwh,
        coalesce(sum(cast(a.quantity * u.multiplier as decimal(38,10))) over (partition by p.claim, p.market, p.starts, p.ends
            order by a.month, a.activity_id rows between unbounded preceding and 1 preceding), 0) as first_kwh
    from (select distinct claim, market, starts, ends from instrument_claim) p
    join region_ancestor r on r.ancestor = p.market
    join activity_base a on a.region = r.region and p.starts <= a.month and a.month < p.ends
    join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity'
    join unit_conversion u on u.from_unit = a.unit and u.to_unit = 'kWh'
    where a.bases = 'dual' and a.counts and a.role = 'inventory' and a.quantity is not null
)
select d.claim, d.activity_id, s.instrument_id,
    cast(least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) - greatest(d.first_kwh, s.first_kwh) as decimal(38,10)) as kwh
from demand d join supply s using (claim, market, starts, ends)
where least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) > greatest(d.first_kwh, s.first_kwh);
