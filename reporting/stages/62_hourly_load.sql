-- Hourly load added up in one pass over the files, by place and stamp: a place is what is weighted, priced and covered alike (entity, region, and the site or meter that
-- an instrument with hourly generation is bound to). A point is a meter, or `site` and the site of a series without meters; `microsecond` begins an interval, since 1970, UTC.
set variable hourly_zone = coalesce((select value from setting where name = 'hourly.time_zone'), 'UTC');
set variable hourly_first = (select epoch_us(min(starts)::timestamp) - 86400000000 from period);
set variable hourly_last = (select epoch_us(max(ends)::timestamp) + 86400000000 from period);

create table hourly_point as
with bound as (select i.site, i.meter from instrument i join hourly_series s on s.role = 'generation' and s.key = i.instrument_id),
point as (
    select m.meter as point, s.entity, s.region, s.site, m.meter from meter m join site s on s.site = m.site
    union all select 'site ' || s.site, s.entity, s.region, s.site, '' from site s
),
kept as (
    select p.*, case when p.site in (select site from bound) then p.site else '' end as bound_site, case when p.meter in (select meter from bound) then p.meter else '' end as bound_meter
    from point p where exists (from hourly_series)
)
select point, entity, region, bound_site, bound_meter, dense_rank() over (order by entity, region, bound_site, bound_meter)::integer as place, (hash(point) >> 4)::bigint as weight
from kept;

create table hourly_place as select distinct place, entity, region, bound_site as site, bound_meter as meter from hourly_point;

create view hourly_load as
select r.series, r.meter as point, r.microsecond, r.value, r.file_no, r.row_no from hourly_reading r
union all
select s.series, case when m.meter is null then 'site ' || coalesce(i.site, '') else m.meter end, epoch_us(i.start_instant), try_cast(i.quantity * u.multiplier as decimal(18,8)),
    i.file_no, i.row_no
from hourly_series s join interval_reading i on i.source_id = s.source_id
join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh'
left join meter m on m.meter = i.meter
where s.source_id <> '';

create table hourly_sum as
select p.place, l.series, l.microsecond, sum(l.value) as value, count(*) as readings, count(l.value) as usable, min(l.value) as lowest, sum(p.weight) as fingerprint
from hourly_load l join hourly_point p on p.point = l.point
group by all;

create table hourly_meter as
select series, point, count(*) as readings, min(microsecond) as first_microsecond, max(microsecond) as last_microsecond
from hourly_load
group by all;

create table hourly_load_hour as
select d.place, d.microsecond // 3600000000 as hour, cast(sum(cast(d.value * s.multiplier as decimal(38,10))) as decimal(38,10)) as kwh, sum(d.readings)::bigint as readings,
    date_trunc('month', timezone(getvariable('hourly_zone'), to_timestamp((d.microsecond // 3600000000) * 3600)))::date as month
from hourly_sum d join hourly_series s on s.series = d.series
where d.microsecond between getvariable('hourly_first') and getvariable('hourly_last')
group by all;

-- Every interval must hold exactly the points that read from before it to after it: as many, and with the same sum of their 60-bit weights.
-- Where that fails, and only there, the readings are read again and every interval of every point within the reporting periods is marked by a bit.
create table hourly_suspect as
with step as (select series, minutes * 60000000 as step from hourly_series where role = 'load'),
edge as (
    select p.place, m.series, m.first_microsecond // s.step as slot, 1 as points, p.weight from hourly_meter m join hourly_point p using (point) join step s using (series) where m.first_microsecond is not null
    union all
    select p.place, m.series, m.last_microsecond // s.step + 1, -1, -p.weight from hourly_meter m join hourly_point p using (point) join step s using (series) where m.first_microsecond is not null
),
slot as (select d.place, d.series, d.microsecond // s.step as slot, sum(d.readings) as readings, sum(d.fingerprint) as fingerprint from hourly_sum d join step s using (series) where d.microsecond is not null group by all),
expected as (
    select place, series, slot, readings, fingerprint, sum(points) over so_far as points, sum(weight) over so_far as weight
    from (select place, series, slot, null as readings, null as fingerprint, points, weight from edge union all select place, series, slot, readings, fingerprint, 0, 0 from slot)
    window so_far as (partition by place, series order by slot range unbounded preceding)
)
select distinct series from expected where readings <> points or fingerprint <> weight
union
select m.series from hourly_meter m join step s using (series) where m.readings <> m.last_microsecond // s.step - m.first_microsecond // s.step + 1;

set variable hourly_bits = (select (getvariable('hourly_last') - getvariable('hourly_first')) // 900000000 + 1);
create table hourly_interval as
select l.series, l.point, count(*) as stamps,
    bit_count(bitstring_agg((l.microsecond - getvariable('hourly_first')) // 900000000, 0::bigint, getvariable('hourly_bits')::bigint))::bigint as intervals,
    min(l.microsecond // (s.minutes * 60000000)) as first_slot, max(l.microsecond // (s.minutes * 60000000)) as last_slot
from hourly_load l join hourly_suspect x on x.series = l.series join hourly_series s on s.series = l.series
where l.microsecond between getvariable('hourly_first') and getvariable('hourly_last')
group by all;
