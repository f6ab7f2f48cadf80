-- Contractual instruments laid against consumption, in the order of the Scope 2 Guidance, Table 6.3: certificates, contracts, supplier rates; within one tier those
-- bound to a meter, site or entity first, then those whose window ends first. Claim `market` knows cancelled instruments only (Table 7.1), `provisional` all of them.
create table instrument_claim as -- of: instrument
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

-- What consumption weighs in Scope 2 of a view: by the interest in the entity, and not where it is leased or let so that the view reports it in Scope 3 (30_classification.sql).
create table instrument_weight as -- of: instrument
select e.entity, h.hosting, e.valid_from, e.valid_to, v.view, case when r.scope3_category <> '' then 0
        when v.approach = 'equity_share' or (v.approach = 'financial_control' and e.joint_financial_control) then e.ownership
        when (v.approach = 'financial_control' and e.financial_control) or (v.approach = 'operational_control' and e.operational_control) then 1 else 0 end as weight
from entity e cross join view v cross join (select distinct hosting from activity_base where bases = 'dual') h
left join tenure_rule r on r.hosting = h.hosting and r.approach = v.approach
where exists (from instrument_claim);

-- Consumption that no view counts takes no instrument from what one does.
create table instrument_demand as -- of: instrument
select a.activity_id, a.region, a.entity, coalesce(a.site, '') as site, coalesce(a.meter, '') as meter, date_trunc('month', a.month)::date as month, a.hosting, a.month as part,
    cast(a.quantity * u.multiplier as decimal(38,10)) as kwh, w.weight
from activity_base a
join (select entity, hosting, valid_from, valid_to, min(weight) as weight from instrument_weight group by all having max(weight) > 0) w
    on w.entity = a.entity and w.hosting = a.hosting and w.valid_from <= a.month and a.month < w.valid_to
join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity'
join unit_conversion u on u.from_unit = a.unit and u.to_unit = 'kWh'
where a.bases = 'dual' and a.counts and a.role = 'inventory' and a.quantity is not null and exists (from instrument_claim);

-- What the same instruments may cover in the same month is one pool. Credit notes lower what a pool can take.
create table instrument_eligible as -- of: instrument
select c.claim, c.turn, c.instrument_id, k.region, k.entity, k.site, k.meter, k.month
from (select distinct region, entity, site, meter, month from instrument_demand) k
join region_ancestor r on r.region = k.region
join instrument_claim c on c.market = r.ancestor
where c.starts <= k.month and k.month + interval 1 month <= c.ends and c.entity in ('', k.entity) and c.site in ('', k.site) and c.meter in ('', k.meter);

create table instrument_pool_member as -- of: instrument
with turns as (select claim, region, entity, site, meter, month, list(turn order by turn) as turns from instrument_eligible group by all)
select claim, region, entity, site, meter, month, turns, dense_rank() over (order by claim, month, len(turns), turns) as pool from turns;

create table instrument_pool as -- of: instrument
select m.pool, m.claim, m.turns, greatest(sum(d.kwh), 0)::decimal(38,10) as kwh
from instrument_pool_member m join instrument_demand d using (region, entity, site, meter, month) group by all;

-- One instrument after the other takes what is left of its pools, the earliest month first: nothing is used twice, nothing beyond consumption.
create table instrument_take as -- of: instrument
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
create table instrument_match as -- of: instrument
with supply as (
    select *, coalesce(sum(kwh) over (partition by pool order by turn rows between unbounded preceding and 1 preceding), 0) as first_kwh from instrument_take
),
demand as (
    select m.claim, m.pool, d.activity_id, d.kwh, coalesce(sum(d.kwh) over (partition by m.pool order by d.weight desc, d.activity_id rows between unbounded preceding and 1 preceding), 0) as first_kwh
    from instrument_pool_member m join instrument_demand d using (region, entity, site, meter, month)
    where d.kwh > 0
)
select d.claim, d.activity_id, s.instrument_id,
    cast(least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) - greatest(d.first_kwh, s.first_kwh) as decimal(38,10)) as kwh
from demand d join supply s on s.pool = d.pool
where least(d.first_kwh + d.kwh, s.first_kwh + s.kwh) > greatest(d.first_kwh, s.first_kwh);

-- Where the views do not agree about what counts, one match cannot serve each of them best: what an instrument covers that a view leaves out, and what it could have covered there.
create table instrument_elsewhere as -- of: instrument
with matched as (select activity_id, sum(kwh) as kwh from instrument_match where claim = 'market' group by activity_id),
seen as (
    select d.activity_id, d.entity, d.region, d.site, d.meter, d.month, w.view, w.weight, d.kwh - coalesce(m.kwh, 0) as open_kwh
    from instrument_demand d join instrument_weight w on w.entity = d.entity and w.hosting = d.hosting and w.valid_from <= d.part and d.part < w.valid_to
    left join matched m on m.activity_id = d.activity_id
),
outside as (
    select i.instrument_id, s.view, sum(i.kwh) as kwh, string_agg(distinct s.entity, ', ' order by s.entity) as entities
    from seen s join instrument_match i on i.activity_id = s.activity_id and i.claim = 'market' where s.weight = 0 group by all
),
open as (
    select e.instrument_id, s.view, sum(s.open_kwh) as kwh
    from seen s join instrument_eligible e using (region, entity, site, meter, month) where e.claim = 'market' and s.weight > 0 group by all having sum(s.open_kwh) > 0
)
select o.instrument_id, o.view, o.entities, o.kwh, least(o.kwh, p.kwh) as open_kwh from outside o join open p on p.instrument_id = o.instrument_id and p.view = o.view;
