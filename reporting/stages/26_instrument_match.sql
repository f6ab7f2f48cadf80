-- Contractual instruments laid against consumption, in the order of the Scope 2 Guidance, Table 6.3: certificates, contracts, supplier rates; within one tier those
-- bound to a meter, site or entity first, then those whose window ends first. Claim `market` knows cancelled instruments only (Table 7.1), `provisional` all of them.
create table instrument_claim as
with claim as (
    select 'market' as claim where exists (from instrument)
    union all select 'provisional' where exists (from instrument where status <> 'cancelled')
)
select c.claim, row_number() over (partition by c.claim order by t.position, i.meter = '', i.site = '', i.entity = '', i.ends, i.starts, i.instrument_id) as turn,
    i.instrument_id, i.market, i.starts, i.ends, i.entity, i.site, i.meter, cast(i.volume * u.multiplier as decimal(38,10)) as kwh
from claim c join instrument i on i.status = 'cancelled' or c.claim = 'provisional'
join instrument_kind k on k.instrument_kind = i.kind
join market_tier t on t.tier = k.tier
join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh'
where i.rate_kg_co2e_per_kwh is not null;

create table instrument_demand as
select a.activity_id, a.region, a.entity, coalesce(a.site, '') as site, coalesce(a.meter, '') as meter, date_trunc('month', a.month)::date as month, cast(a.quantity * u.multiplier as decimal(38,10)) as kwh
from activity_base a
join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity'
join unit_conversion u on u.from_unit = a.unit and u.to_unit = 'kWh'
where a.bases = 'dual' and a.counts and a.role = 'inventory' and a.quantity is not null and exists (from instrument_claim);

-- What the same instruments may cover in the same month is one pool. Credit notes lower what a pool can take.
create table instrument_eligible as
select c.claim, c.turn, c.instrument_id, k.region, k.entity, k.site, k.meter, k.month
from (select distinct region, entity, site, meter, month from instrument_demand) k
join region_ancestor r on r.region = k.region
join instrument_claim c on c.market = r.ancestor
where c.starts <= k.month and k.month + interval 1 month <= c.ends and c.entity in ('', k.entity) and c.site in ('', k.site) and c.meter in ('', k.meter);

create table instrument_pool_member as
with turns as (select claim, region, entity, site, meter, month, list(turn order by turn) as turns from instrument_eligible group by all)
select claim, region, entity, site, meter, month, turns, dense_rank() over (order by claim, month, len(turns), turns) as pool from turns;

create table instrument_pool as
select m.pool, m.claim, m.turns, greatest(sum(d.kwh), 0)::decimal(38,10) as kwh
from instrument_pool_member m join instrument_demand d using (region, entity, site, meter, month) group by all;

-- One instrument after the other takes what is left of its pools, the earliest month first: nothing is used twice, nothing beyond consumption.
create table instrument_take as
with recursive step as (
    select 0::bigint as turn, claim, pool, turns, kwh as remaining, 0::decimal(38,10) as taken from instrument_pool
    union all
    select turn, claim, pool, turns, cast(remaining - taken as decimal(38,10)), cast(taken as decimal(38,10))
    from (
        select c.turn, s.claim, s.pool, s.turns, s.remaining,
            case when list_contains(s.turns, c.turn) then greatest(0, least(s.remaining, c.kwh - coalesce(sum(case when list_contains(s.turns, c.turn) then s.remaining end)
                over (partition by s.claim order by s.pool rows between unbounded preceding and 1 preceding), 0))) else 0 end as taken
        from step s join instrument_claim c on c.claim = s.claim and c.turn = s.turn + 1
    )
)
select s.claim, s.pool, s.turn, c.instrument_id, s.taken as kwh
from step s join instrument_claim c on c.claim = s.claim and c.turn = s.turn
where s.taken > 0;

-- Within a pool both stand end to end on one line of kWh, and where they overlap they match. Consumption that every view counts in full comes first: the match is
-- one for all views, and what an instrument covers at an entity weighs there as the entity does.
create table instrument_match as
with weight as (
    select e.entity, e.valid_from, e.valid_to, min(case v.approach when 'equity_share' then e.ownership when 'operational_control' then case when e.operational_control then 1 else 0 end
        else case when e.financial_control then 1 when e.joint_financial_control then e.ownership else 0 end end) as weight
    from entity e cross join view v group by all
),
supply as (
    select *, coalesce(sum(kwh) over (partition by pool order by turn rows between unbounded preceding and 1 preceding), 0) as first_kwh from instrument_take
),
demand as (
    select m.claim, m.pool, d.activity_id, d.kwh, coalesce(sum(d.kwh) over (partition by m.pool order by coalesce(w.weight, 0) desc, d.activity_id rows between unbounded preceding and 1 preceding), 0) as first_kwh
    from instrument_pool_member m join instrument_demand d using (region, entity, site, meter, month)
    left join weight w on w.entity = d.entity and w.valid_from <= d.month and d.month < w.valid_to
    where d.kwh > 0
)
select d.claim, d.activity_id, s.instrument_id,
    cast(least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) - greatest(d.first_kwh, s.first_kwh) as decimal(38,10)) as kwh
from demand d join supply s on s.pool = d.pool
where least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) > greatest(d.first_kwh, s.first_kwh);
