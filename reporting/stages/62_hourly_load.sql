-- Hourly load added up in one pass over the files, by place and hour: a place is what is weighted, priced and covered alike (entity, region, and the site or meter that
-- an instrument with hourly generation is bound to). A second pass counts the readings of every meter exactly, with one bit for each interval.
set variable hourly_zone = coalesce((select value from setting where name = 'hourly.time_zone'), 'UTC');
set variable hourly_first = (select epoch_us(min(starts)::timestamp) // 900000000 - 96 from period);
set variable hourly_last = (select epoch_us(max(ends)::timestamp) // 900000000 + 96 from period);

create table hourly_point as
with bound as (select i.site, i.meter from instrument i join hourly_series s on s.role = 'generation' and s.key = i.instrument_id),
point as (
    select m.meter, '' as site, s.entity, s.region, s.site as at_site, m.meter as at_meter from meter m join site s on s.site = m.site
    union all select '', s.site, s.entity, s.region, s.site, '' from site s
),
kept as (
    select p.*, case when p.at_site in (select site from bound) then p.at_site else '' end as bound_site,
        case when p.at_meter in (select meter from bound) then p.at_meter else '' end as bound_meter
    from point p where exists (from hourly_series)
)
select meter, site, entity, region, bound_site, bound_meter, dense_rank() over (order by entity, region, bound_site, bound_meter)::integer as place from kept;

create table hourly_place as select distinct place, entity, region, bound_site as site, bound_meter as meter from hourly_point;

create view hourly_load as
select r.series, r.meter, s.site, r.microsecond, r.value, r.file_no, r.row_no
from hourly_reading r join hourly_series s on s.series = r.series
union all
select s.series, case when m.meter is null then '' else m.meter end, case when m.meter is null then coalesce(i.site, '') else '' end, epoch_us(i.start_instant),
    try_cast(i.quantity * u.multiplier as decimal(18,8)), i.file_no, i.row_no
from hourly_series s join interval_reading i on i.source_id = s.source_id
join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh'
left join meter m on m.meter = i.meter
where s.source_id <> '';

create table hourly_load_hour as
with summed as (
    select p.place, l.series, l.microsecond // 3600000000 as hour, sum(l.value) as value, count(*) as readings
    from hourly_load l join hourly_point p on p.meter = l.meter and p.site = l.site
    where l.microsecond // 900000000 between getvariable('hourly_first') and getvariable('hourly_last')
    group by all
)
select d.place, d.hour, cast(sum(cast(d.value * s.multiplier as decimal(38,10))) as decimal(38,10)) as kwh, sum(d.readings)::bigint as readings,
    date_trunc('month', timezone(getvariable('hourly_zone'), to_timestamp(d.hour * 3600)))::date as month
from summed d join hourly_series s on s.series = d.series
group by all;

create table hourly_meter as
select l.series, l.meter, l.site, count(*) as readings, count(*) filter (where l.value >= 0) as values_read, count(l.microsecond) as stamps, min(l.microsecond // 900000000) as first_slot,
    max(l.microsecond // 900000000) as last_slot,
    bit_count(bitstring_agg(l.microsecond // 900000000, getvariable('hourly_first')::bigint, getvariable('hourly_last')::bigint))::bigint as slots
from hourly_load l
where l.microsecond is null or l.microsecond // 900000000 between getvariable('hourly_first') and getvariable('hourly_last')
group by all;
