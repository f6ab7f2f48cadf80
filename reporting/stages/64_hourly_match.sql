-- Generation laid against load in the same hour: the instruments take turns in the order of the tiers, as in 26_instrument_match.sql, within their market, window and
-- the sites or meters that they are bound to; of an hour, what every view counts in full comes first. Only cancelled instruments count, in the
-- whole months of their window, and load that no view counts takes none.
create table hourly_turn as -- of: hourly_series
select s.series, i.instrument_id, i.market, i.starts, i.ends, i.entity, i.site, i.meter, i.rate_kg_co2e_per_kwh as rate, c.energy_source is not null as is_carbon_free,
    row_number() over (order by t.position, i.meter = '', i.site = '', i.entity = '', i.ends, i.starts, i.instrument_id) as turn
from hourly_series s
join instrument i on s.role = 'generation' and i.instrument_id = s.key and i.status = 'cancelled' and i.rate_kg_co2e_per_kwh is not null
join instrument_kind k on k.instrument_kind = i.kind
join market_tier t on t.tier = k.tier
left join carbon_free_source c on c.energy_source = i.energy_source;

create table hourly_generation as -- of: hourly_series
select t.turn, v.microsecond // 3600000000 as hour, cast(sum(cast(v.value * s.multiplier as decimal(38,10))) as decimal(38,10)) as kwh, count(*) as readings,
    min(v.row_no) as row_no
from hourly_turn t join hourly_series s on s.series = t.series join hourly_value v on v.series = t.series
where v.microsecond is not null and v.value > 0 group by all;

create table hourly_take as -- of: hourly_series
with recursive eligible as (
    select t.turn, p.place, t.starts, t.ends, w.valid_from, w.valid_to, w.weight from hourly_turn t join hourly_place p on t.entity in ('', p.entity) and t.site in ('', p.site) and t.meter in ('', p.meter)
    join region_ancestor a on a.region = p.region and a.ancestor = t.market
    join (select place, valid_from, valid_to, min(share) as weight from hourly_share group by all having max(share) > 0) w on w.place = p.place
),
step as (
    select 0::bigint as turn, place, hour, day, month, kwh as remaining, 0::decimal(38,10) as taken from hourly_load_hour
    where hour in (select hour from hourly_generation)
    union all
    select turn, place, hour, day, month, cast(remaining - taken as decimal(38,10)), cast(taken as decimal(38,10))
    from (
        select t.turn, s.place, s.hour, s.day, s.month, s.remaining,
            case when e.place is null or g.kwh is null then 0 else greatest(0, least(s.remaining, g.kwh - coalesce(sum(case when e.place is not null then greatest(s.remaining, 0) end)
                over (partition by s.hour order by e.weight desc nulls last, s.place rows between unbounded preceding and 1 preceding), 0))) end as taken
        from step s join hourly_turn t on t.turn = s.turn + 1
        left join hourly_generation g on g.turn = t.turn and g.hour = s.hour
        left join eligible e on e.turn = t.turn and e.place = s.place and e.starts <= s.month and s.month + interval 1 month <= e.ends and e.valid_from <= s.day and s.day < e.valid_to
    )
)
select s.place, s.hour, s.turn, s.taken as kwh from step s where s.taken > 0;
