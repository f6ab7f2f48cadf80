-- Hourly load added up in one pass over the files, by place and stamp: a place is what is weighted, priced and covered alike (entity, region, tenure, and the site or meter
-- that an instrument with hourly generation is bound to). A point is a meter, or `site` and the site of a series without meters; `microsecond` begins an interval, since 1970, UTC.
set variable hourly_zone = coalesce((select value from setting where name = 'hourly.time_zone'), 'UTC');
set variable hourly_first = (select epoch_us(min(starts)::timestamp) - 86400000000 from period);
-- A place and a series in one number, by which the pass over the files groups: place_code + series.
set variable hourly_width = (select coalesce(max(series), 0) + 1 from hourly_series);
set variable hourly_last = (select epoch_us(max(ends)::timestamp) + 86400000000 from period);

create table hourly_point as -- of: hourly_series
with bound as (select i.site, i.meter from instrument i join hourly_series s on s.role = 'generation' and s.key = i.instrument_id),
point as (
    select m.meter as point, s.entity, s.region, s.tenure, s.site, m.meter from meter m join site s on s.site = m.site
    union all select 'site ' || s.site, s.entity, s.region, s.tenure, s.site, '' from site s
),
kept as (
    select p.*, case when p.site in (select site from bound) then p.site else '' end as bound_site, case when p.meter in (select meter from bound) then p.meter else '' end as bound_meter
    from point p where exists (from hourly_series)
)
select point, entity, region, tenure, bound_site, bound_meter, dense_rank() over (order by entity, region, tenure, bound_site, bound_meter)::integer as place, (hash(point) >> 4)::bigint as weight,
    (place * getvariable('hourly_width'))::integer as place_code
from kept;

create table hourly_place as -- of: hourly_series
select distinct place, entity, region, tenure, bound_site as site, bound_meter as meter from hourly_point;

-- What a place weighs in a view, where it is Scope 2 there: by the interest in its entity, and not where it is leased or let so that the view reports it in Scope 3 (30_classification.sql).
create table hourly_share as -- of: hourly_series
select p.place, v.view, e.valid_from, e.valid_to, cast(case when r.scope3_category <> '' then 0
        when v.approach = 'equity_share' or (v.approach = 'financial_control' and e.joint_financial_control) then e.ownership
        when (v.approach = 'financial_control' and e.financial_control) or (v.approach = 'operational_control' and e.operational_control) then 1 else 0 end as decimal(38,9)) as share
from hourly_place p join entity e on e.entity = p.entity cross join view v
left join tenure_rule r on r.hosting = p.tenure and r.approach = v.approach;

create view hourly_load_of_source as
select s.series, case when m.meter is null then 'site ' || coalesce(i.site, '') else m.meter end as point, epoch_us(i.start_instant) as microsecond,
    try_cast(i.quantity * u.multiplier as decimal(18,8)) as value, i.file_no, i.row_no
from hourly_series s join interval_reading i on i.source_id = s.source_id
join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh'
left join meter m on m.meter = i.meter
where s.source_id <> '';

create view hourly_load as
select series, meter as point, microsecond, value, file_no, row_no from hourly_reading
union all
from hourly_load_of_source;

-- Readings of points that inventory.yaml does not know have no place here: they are counted below.
create table hourly_sum as -- of: hourly_series
with total as (
    select p.place_code + r.series as code, r.microsecond, sum(r.value) as value, count(*) as readings, count(r.value) as usable, min(r.value) as lowest, sum(p.weight) as fingerprint
    from hourly_reading r left join hourly_point p on p.point = r.meter group by all
    union all
    select p.place_code + l.series, l.microsecond, sum(l.value), count(*), count(l.value), min(l.value), sum(p.weight)
    from hourly_load_of_source l left join hourly_point p on p.point = l.point group by all
)
select code // getvariable('hourly_width') as place, code % getvariable('hourly_width') as series, microsecond, value, readings, usable, lowest, fingerprint
from total;

-- Readings by point, counted without a look at stamps and values.
create table hourly_count as -- of: hourly_series
select point, min(series) as series, max(last_series) as last_series, sum(readings)::bigint as readings
from (
    select meter as point, min(series) as series, max(series) as last_series, count(*) as readings from hourly_reading group by meter
    union all
    select point, min(series), max(series), count(*) from hourly_load_of_source group by point
)
group by point;

create table hourly_load_hour as -- of: hourly_series
select d.place, d.microsecond // 3600000000 as hour, cast(sum(case when abs(d.value::double * s.multiplier::double) < 1e13 then cast(d.value * s.multiplier as decimal(38,10)) end) as decimal(38,10)) as kwh, sum(d.readings)::bigint as readings,
    timezone(getvariable('hourly_zone'), to_timestamp((d.microsecond // 3600000000) * 3600))::date as day, date_trunc('month', day)::date as month
from hourly_sum d join hourly_series s on s.series = d.series
where d.microsecond between getvariable('hourly_first') and getvariable('hourly_last')
group by all;

-- Every interval must hold exactly the points that read from before it to after it. A series is whole where at each place as many intervals as lie between the first and the last
-- have one stamp each, and hold as many readings as there are points, whose 60-bit weights add up to those of the points, each of which has as many readings as there are intervals.
create table hourly_part_series as -- of: hourly_series
with step as (select series, minutes * 60000000 as step from hourly_series where role = 'load'),
span as (
    select d.place, d.series, count(*) as stamps, count(distinct d.microsecond // s.step) as slots, max(d.microsecond) // s.step - min(d.microsecond) // s.step + 1 as expected,
        min(d.readings) as fewest, max(d.readings) as most, min(d.fingerprint) as lowest, max(d.fingerprint) as highest
    from hourly_sum d join step s on s.series = d.series group by d.place, d.series, s.step
),
member as (
    select p.place, c.series, count(*) as points, sum(p.weight) as weight, min(c.readings) as fewest, max(c.readings) as most, max(c.last_series) as last_series
    from hourly_count c left join hourly_point p on p.point = c.point group by p.place, c.series
)
select distinct m.series from (select * from member union all by name select place, last_series as series, last_series from member where last_series <> series) m
left join span s on s.place = m.place and s.series = m.series
where not coalesce(s.stamps = s.expected and s.slots = s.expected and s.fewest = m.points and s.most = m.points and s.lowest = m.weight and s.highest = m.weight
    and m.fewest = s.expected and m.most = s.expected and m.last_series = m.series, false);

create table hourly_meter as -- of: hourly_series
select c.series, c.point, c.readings, s.first_microsecond, s.last_microsecond
from hourly_count c anti join hourly_part_series x on x.series = c.series
join hourly_point p on p.point = c.point
join (select place, series, min(microsecond) as first_microsecond, max(microsecond) as last_microsecond from hourly_sum group by all) s on s.place = p.place and s.series = c.series
union all
select l.series, l.point, count(*), min(l.microsecond), max(l.microsecond) from hourly_load l join hourly_part_series x on x.series = l.series group by l.series, l.point;

-- In the others points may begin and end at any time. Where that does not explain what an interval holds either, and only there, the readings are read again and every interval of
-- every point within the reporting periods is marked by a bit.
create table hourly_suspect as -- of: hourly_series
with step as (select h.series, h.minutes * 60000000 as step from hourly_series h semi join hourly_part_series x on x.series = h.series),
edge as (
    select p.place, m.series, m.first_microsecond // s.step as slot, 1 as points, p.weight from hourly_meter m join hourly_point p using (point) join step s using (series) where m.first_microsecond is not null
    union all
    select p.place, m.series, m.last_microsecond // s.step + 1, -1, -p.weight from hourly_meter m join hourly_point p using (point) join step s using (series) where m.first_microsecond is not null
),
slot as (
    select d.place, d.series, d.microsecond // s.step as slot, sum(d.readings) as readings, sum(d.fingerprint) as fingerprint
    from hourly_sum d join step s using (series) where d.microsecond is not null group by all
),
expected as (
    select place, series, slot, readings, fingerprint, sum(points) over so_far as points, sum(weight) over so_far as weight
    from (select place, series, slot, null as readings, null as fingerprint, points, weight from edge union all select place, series, slot, readings, fingerprint, 0, 0 from slot)
    window so_far as (partition by place, series order by slot range unbounded preceding)
)
select distinct series from expected where readings <> points or fingerprint <> weight
union
select m.series from hourly_meter m join step s using (series) where m.readings <> m.last_microsecond // s.step - m.first_microsecond // s.step + 1;

set variable hourly_bits = (select (getvariable('hourly_last') - getvariable('hourly_first')) // 900000000 + 1);
create table hourly_interval as -- of: hourly_series
select l.series, l.point, count(*) as stamps,
    bit_count(bitstring_agg((l.microsecond - getvariable('hourly_first')) // 900000000, 0::bigint, getvariable('hourly_bits')::bigint))::bigint as intervals,
    min(l.microsecond // (s.minutes * 60000000)) as first_slot, max(l.microsecond // (s.minutes * 60000000)) as last_slot
from hourly_load l join hourly_suspect x on x.series = l.series join hourly_series s on s.series = l.series
where l.microsecond between getvariable('hourly_first') and getvariable('hourly_last')
group by all;
