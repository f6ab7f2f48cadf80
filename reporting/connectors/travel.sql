-- connector: travel
-- title: Business travel: flights by airports, rail and road by distance, hotels by nights
-- formats: csv, xlsx, parquet
-- natural_key: trip_id and leg, else all the cells
-- required: date, mode
-- columns: trip_id, leg, date, traveller, mode, detail, from, to, class, round_trip, distance, unit, travellers, nights, rooms, country, city, amount, currency, status, site, entity
-- numbers: distance, amount, travellers, nights, rooms
-- dates: date
-- private: traveller drop
-- places: airports
-- rank: estimate
-- options: air_factors=desnz|epa; radiative_forcing=with|without
-- constants: site, entity, region, supplier, system, lifecycle_stage, coverage, data_quality, evidence
-- seen: none; built from what such exports commonly hold
-- traps: a cancelled trip does not count; a refunded trip does not count; a refund in part leaves the trip; a return flight is flown twice; a line may hold several travellers; the file's own kilometres of a flight are of another method; codes of airports are written small, too; kilometres of a car are the car's; a night is of a room; radiative forcing counts unless it is said otherwise
-- A flight is the great-circle distance between its airports: R x atan2(|a x b|, a . b) on a sphere of R = 6371.0088 km, the mean radius of the Earth (IUGG), with coordinates of airportsdata,
-- rounded to whole kilometres, half away from zero. `air_factors` says whose bands and classes are taken (standards/air_travel.csv): desnz knows domestic, short haul, long haul (its sheet
-- Haul definition, standards/air_hauls.csv) and flights between other countries, epa knows bands of 300 and 2,300 miles. That table also holds the uplift for detours that the distance needs:
-- both publishers' factors include the 8 % already, so that it is 1. `radiative_forcing` is `with` unless the source says `without`. A class that a band does not know goes by the
-- average. Rail and road need a distance with its unit; passengers' distances are times `travellers`. Hotels are nights x rooms by country (names and codes of ISO 3166-1).
-- A leg that was cancelled or refunded in full is left out with the refund; of a refund in part the trip stays. City codes such as LON are refused: they stand for several airports.
insert into activity_input by name
with air as (from read_csv(getvariable('standards') || '/air_travel.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
haul as (from read_csv(getvariable('standards') || '/air_hauls.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
class as (select coalesce(name, '') as name, class from read_csv(getvariable('standards') || '/travel_classes.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
mode as (from read_csv(getvariable('standards') || '/travel_modes.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
hotel as (from read_csv(getvariable('standards') || '/travel_hotels.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
option as (
    select s.source_id, max(o.value) filter (where o.name = 'air_factors') as scheme, coalesce(max(o.value) filter (where o.name = 'radiative_forcing'), 'with') as forcing
    from source s left join source_option o using (source_id) where s.connector = 'travel' group by all
),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, o.* exclude (source_id), coalesce(concat_ws('/', cell_of(r.record, 'trip_id'), cell_of(r.record, 'leg')), sha256(cast(r.record as varchar))) as trip,
        cell_of(r.record, 'trip_id') is not null as has_id, number_in(cell_of(r.record, 'amount')) as amount,
        lower(coalesce(cell_of(r.record, 'status'), '')) in ('cancelled', 'canceled', 'void', 'voided') as is_cancelled,
        lower(coalesce(cell_of(r.record, 'status'), '')) in ('refund', 'refunded') or starts_with(coalesce(cell_of(r.record, 'amount'), ''), '-') or starts_with(coalesce(cell_of(r.record, 'distance'), ''), '-') as is_refund
    from record r join option o using (source_id) where r.connector = 'travel'
),
-- What a refund takes back: the lines of the same trip and leg, where the sums of money agree or none is given.
refund as (
    select source_id, trip, sum(amount) as amount, count(*) as refunds from line where is_refund and has_id group by all
),
paid as (
    select source_id, trip, sum(amount) as amount from line where not is_refund and not is_cancelled and has_id group by all
),
taken as (
    select l.*, l.is_refund and (p.trip is not null or l.amount is null and not starts_with(coalesce(cell_of(l.record, 'distance'), ''), '-')) as refunds_something,
        not l.is_refund and f.trip is not null and (f.amount is null or p.amount is null or f.amount + p.amount <= 0) as is_refunded
    from line l left join refund f on f.source_id = l.source_id and f.trip = l.trip left join paid p on p.source_id = l.source_id and p.trip = l.trip
),
travelled as (
    select t.*, m.activity_type as mode_type, m.measure, c.class, upper(cell_of(record, 'from')) as origin, upper(cell_of(record, 'to')) as destination,
        case when not map_contains(record, 'travellers') then 1 else number_in(cell_of(record, 'travellers')) end as persons, case when not map_contains(record, 'rooms') then 1 else number_in(cell_of(record, 'rooms')) end as rooms,
        case lower(coalesce(cell_of(record, 'round_trip'), 'no')) when 'no' then 1 when 'n' then 1 when 'false' then 1 when 'one way' then 1 when 'yes' then 2 when 'y' then 2 when 'true' then 2 when 'return' then 2 when 'round trip' then 2 end as times
    from taken t
    left join mode m on m.mode = lower(cell_of(t.record, 'mode')) and coalesce(m.detail, '') = lower(coalesce(cell_of(t.record, 'detail'), ''))
    left join class c on c.name = lower(coalesce(cell_of(t.record, 'class'), ''))
    where not t.is_cancelled and not t.is_refunded and not t.refunds_something
),
flown as (
    select t.*, a.country as from_country, b.country as to_country, a.citation as from_citation, b.citation as to_citation, p.airports as from_city, q.airports as to_city,
        cast(round(6371.0088::double * atan2(sqrt(power(a.y * b.z - a.z * b.y, 2) + power(a.z * b.x - a.x * b.z, 2) + power(a.x * b.y - a.y * b.x, 2)), a.x * b.x + a.y * b.y + a.z * b.z)) as decimal(20,0)) as km
    from travelled t
    left join (select airport, country, citation, cos(radians(latitude::double)) * cos(radians(longitude::double)) as x, cos(radians(latitude::double)) * sin(radians(longitude::double)) as y, sin(radians(latitude::double)) as z from airport) a
        on a.airport = t.origin and t.measure = 'air'
    left join (select airport, country, citation, cos(radians(latitude::double)) * cos(radians(longitude::double)) as x, cos(radians(latitude::double)) * sin(radians(longitude::double)) as y, sin(radians(latitude::double)) as z from airport) b
        on b.airport = t.destination and t.measure = 'air'
    left join airport_city p on p.city = t.origin and t.measure = 'air' left join airport_city q on q.city = t.destination and t.measure = 'air'
),
banded as (
    select f.*, case f.scheme when 'epa' then case when km * 1000000 < 300 * 1609344 then 'below_300_mi' when km * 1000000 < 2300::bigint * 1609344 then '300_to_2300_mi' else 'from_2300_mi' end
            when 'desnz' then case when h.haul = 'domestic' and g.haul = 'domestic' then 'domestic' when h.haul = 'domestic' then g.haul when g.haul = 'domestic' then h.haul else 'international' end end as band
    from flown f left join haul h on h.country = f.from_country left join haul g on g.country = f.to_country
),
priced as (
    select b.*, a.activity_type as air_type, a.distance_uplift, a.region as air_region, n.country as hotel_country, coalesce(c.activity_type, w.activity_type) as hotel_type
    from banded b left join air a on a.scheme = b.scheme and a.haul = b.band and a.class = b.class and b.measure = 'air'
    left join country n on b.measure = 'night' and list_contains(n.names, lower(cell_of(b.record, 'country')))
    left join hotel w on w.country = n.country and w.city is null left join hotel c on c.country = n.country and c.city = lower(cell_of(b.record, 'city'))
)
select p.source_id, p.file_no, p.row_no, 1 as part, case when p.has_id then p.trip end as activity_id, p.trip as natural_key,
    coalesce(case p.measure when 'air' then p.air_type || case p.forcing when 'without' then case p.scheme when 'desnz' then '_without_rf' else '' end else '' end when 'night' then p.hotel_type else p.mode_type end,
        case when p.measure is null then 'travel by ' || concat_ws(' ', cell_of(p.record, 'mode'), cell_of(p.record, 'detail')) when p.measure = 'air' and p.scheme is null then 'flight, and the source does not name its air_factors'
            when p.measure = 'air' and p.class is null then 'flight in the unknown class ' || cell_of(p.record, 'class') when p.measure = 'night' then 'hotel in ' || coalesce(cell_of(p.record, 'country'), 'no country') else 'flight' end) as activity_type,
    cell_of(p.record, 'date') as starts, cell_of(p.record, 'date') as ends,
    case when p.is_refund then 'a refund of no trip in these files' when p.persons <= 0 or (p.persons is null and p.measure <> 'night') then 'travellers not given' when p.times is null then 'round_trip is ' || cell_of(p.record, 'round_trip')
        when p.measure = 'air' and p.from_country is null then coalesce(p.origin, 'no airport') || case when p.from_city is not null then ' is a city of several airports (' || p.from_city || ')' else ' is no airport of IATA' end
        when p.measure = 'air' and p.to_country is null then coalesce(p.destination, 'no airport') || case when p.to_city is not null then ' is a city of several airports (' || p.to_city || ')' else ' is no airport of IATA' end
        when p.measure = 'air' then decimal_text(cast(p.km * p.times * cast(coalesce(p.distance_uplift, '1') as decimal(9,6)) * try_cast(p.persons as decimal(9,3)) as decimal(38,10)))
        when p.measure = 'night' then coalesce(decimal_text(cast(try_cast(number_in(cell_of(p.record, 'nights')) as decimal(20,4)) * try_cast(p.rooms as decimal(12,4)) as decimal(38,10))), 'nights ' || coalesce(cell_of(p.record, 'nights'), 'not given'))
        else coalesce(decimal_text(cast(try_cast(number_in(cell_of(p.record, 'distance')) as decimal(20,6)) * p.times * case p.measure when 'passenger' then try_cast(p.persons as decimal(9,3)) else 1 end as decimal(38,10))), coalesce(cell_of(p.record, 'distance'), '')) end as quantity,
    case p.measure when 'air' then 'pkm' when 'night' then 'night' when 'passenger' then case coalesce(x.unit, cell_of(p.record, 'unit')) when 'km' then 'pkm' when 'mi' then 'pmi' else cell_of(p.record, 'unit') end else cell_of(p.record, 'unit') end as unit,
    coalesce(cell_of(p.record, 'entity'), k.entity) as entity, coalesce(cell_of(p.record, 'site'), k.site) as site, coalesce(k.region, p.air_region) as region, k.supplier, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.data_quality, 'calculated') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    concat_ws(', ', case when p.measure = 'air' then p.origin || ' to ' || p.destination || ': ' || p.km || ' km great circle' || case when p.times = 2 then ', both ways' else '' end end,
        case when p.measure = 'air' and p.scheme = 'desnz' and not ends_with(p.air_type, '.' || p.class) then 'class ' || p.class || ' of this haul by ' || string_split(p.air_type, '.')[-1] end,
        case when p.measure = 'air' then p.from_citation || ' and ' || p.to_citation end) as note,
    sha256(cast(p.record as varchar)) as content
from priced p left join source_constant k using (source_id) left join unit_alias x on x.alias = cell_of(p.record, 'unit');

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when lower(coalesce(cell_of(r.record, 'status'), '')) like '%cancel%' or lower(cell_of(r.record, 'status')) in ('void', 'voided') then 'a cancelled trip' else 'a refund, or a trip that was refunded' end
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'travel';
