-- connector: green_button
-- title: Green Button (ESPI), XML of a utility: electricity, gas, water, heat
-- formats: xml
-- records: entry.content.UsagePoint | entry.content.MeterReading | entry.content.ReadingType | entry.content.LocalTimeParameters | entry.content.IntervalBlock.IntervalReading
-- natural_key: usage point, commodity, direction, start of the interval
-- required: value, timePeriod.start, uom
-- private: /entry.title drop, /title drop, /entry.content.UsagePoint.* drop
-- time: local months of a meter, whose readings are seconds since 1970
-- rank: meter
-- options: accumulation=delta|cumulative
-- constants: site, meter, entity, region, supplier, system, lifecycle_stage, coverage, data_quality, evidence
-- seen: five files of two publishers: electricity by quarter hours, hours, days and months, gas by months
-- traps: a value is times a power of ten; a register is cumulative; what flows back is not subtracted; the same energy stands in readings of a day and of hours; net readings are no consumption; a forecast is no reading; what the file does not say is not guessed
-- A reading is joined to its type by the links of the feed: value x 10^powerOfTenMultiplier x uom. Codes of services, units and qualities are data (standards/espi_*.csv).
-- Readings of power, demand and reactive energy are left out, forecasts and values normalised for weather too. `accumulationBehaviour` 4 is energy of the interval; 1 and 3 are a
-- register, of which the increase counts and a fall is an error; where the file does not say, the source says `accumulation`. What flows back (flowDirection 19) is exported energy and
-- is never subtracted; net readings (4) are refused. Of two readings of one usage point that hold the same time, the finer one counts. Summaries repeat the intervals and are not read.
-- Readings finer than a month want `monthly_sum: true`. A meter of inventory.yaml named like the last part of the usage point's link takes its readings.
insert into activity_input by name
with service as (from read_csv(getvariable('standards') || '/espi_services.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
unit_code as (from read_csv(getvariable('standards') || '/espi_units.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
quality_code as (from read_csv(getvariable('standards') || '/espi_qualities.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
resource as (
    select r.source_id, r.file_no, r.row_no, r.record, r.record['/element'] as element, l.own, l.related
    from record r, lateral (select max(r.record[key]) filter (where r.record[replace(key, '@href', '@rel')] = 'self') as own,
            list(r.record[key]) filter (where r.record[replace(key, '@href', '@rel')] = 'related') as related
        from (select unnest(list_filter(map_keys(r.record), lambda k: k like '/entry.link%@href')) as key)) l
    where r.connector = 'green_button'
),
meter_reading as (
    select m.source_id, m.file_no, m.own, any_value(t.record) as type
    from resource m join resource t on t.source_id = m.source_id and t.file_no = m.file_no and t.element = 'ReadingType' and list_contains(m.related, t.own)
    where m.element = 'MeterReading' group by all
),
reading as (
    select r.source_id, r.file_no, r.row_no, r.record, regexp_replace(r.own, '/MeterReading/.*$', '') as usage_point, regexp_replace(r.own, '/IntervalBlock.*$', '') as series,
        m.type, u.record['ServiceCategory.kind'] as kind, number_in(r.record['value']) as value, try_cast(r.record['timePeriod.start'] as bigint) as began,
        try_cast(r.record['timePeriod.duration'] as bigint) as seconds, coalesce(o.value, '') as declared
    from resource r
    left join meter_reading m on m.source_id = r.source_id and m.file_no = r.file_no and m.own = regexp_replace(r.own, '/IntervalBlock.*$', '')
    left join resource u on u.source_id = r.source_id and u.file_no = r.file_no and u.element = 'UsagePoint' and u.own = regexp_replace(r.own, '/MeterReading/.*$', '')
    left join source_option o on o.source_id = r.source_id and o.name = 'accumulation'
    where r.element = 'IntervalReading'
),
known as (
    select r.*, coalesce(c.service, s.service) as service, coalesce(c.activity_type, s.activity_type) as kind_type, coalesce(nullif(r.type['flowDirection'], '0'), '') as direction,
        case when coalesce(nullif(r.type['accumulationBehaviour'], '0'), '') in ('1', '3') or (coalesce(nullif(r.type['accumulationBehaviour'], '0'), '') = '' and r.declared = 'cumulative') then 'register'
            when r.type['accumulationBehaviour'] = '4' or (coalesce(nullif(r.type['accumulationBehaviour'], '0'), '') = '' and r.declared = 'delta') then 'interval'
            else 'accumulationBehaviour ' || coalesce(r.type['accumulationBehaviour'], 'not given') end as accumulation,
        coalesce(try_cast(r.type['powerOfTenMultiplier'] as integer), 0) as power, q.read_status, q.reason as quality_reason
    from reading r
    left join service s on s.code = r.kind left join service c on c.commodity = r.type['commodity']
    left join quality_code q on q.quality = coalesce(r.record['ReadingQuality.quality'], '0')
),
united as (
    select k.*, u.unit, u.reason as unit_reason,
        case when u.reason is not null then u.reason when coalesce(k.type['dataQualifier'], '0') not in ('0', '12') then 'an average, a maximum or a minimum'
            when k.accumulation in ('accumulationBehaviour 6', 'accumulationBehaviour 12') then 'what an instrument shows at an instant' else k.quality_reason end as left_out
    from known k left join unit_code u on u.uom = k.type['uom'] and coalesce(u.service, k.service) = k.service
),
-- A register's reading is of the end of its interval; the energy is what it grew by since the one before.
grown as (
    select *, lag(value) over w as before, lag(began + seconds) over w as before_ends
    from (from united where left_out is null and accumulation = 'register' qualify row_number() over (partition by source_id, usage_point, series, direction, began order by file_no desc, row_no desc) = 1)
    window w as (partition by source_id, usage_point, series, direction order by began)
),
energy as (
    select * exclude (before, before_ends) replace (value - before as value, before_ends as began, began + seconds - before_ends as seconds), before from grown where before is not null
    union all by name select *, null as before from united where left_out is null and accumulation <> 'register'
        qualify row_number() over (partition by source_id, file_no, usage_point, series, direction, began, seconds, value order by row_no) = 1  -- entries that a feed repeats
),
-- The same energy in another reading of the same usage point, interval by interval finer and as long: the finer one counts.
through as (
    select source_id, usage_point, service, direction, series, began, began + seconds as ended, sum(seconds) over w as held, row_number() over w as place
    from (select distinct source_id, usage_point, service, direction, series, began, seconds from energy) window w as (partition by source_id, usage_point, service, direction, series order by began)
),
beside as (
    select e.source_id, e.file_no, e.row_no, e.usage_point, e.service, e.direction, e.began, e.began + e.seconds as ended, e.seconds, t.series
    from energy e join (select distinct source_id, usage_point, service, direction, series from energy) t
        on t.source_id = e.source_id and t.usage_point = e.usage_point and t.service = e.service and t.direction = e.direction and t.series <> e.series
),
coarse as (
    select distinct b.source_id, b.file_no, b.row_no
    from beside b
    asof join through l on l.source_id = b.source_id and l.usage_point = b.usage_point and l.service = b.service and l.direction = b.direction and l.series = b.series and b.ended > l.began
    asof left join through f on f.source_id = b.source_id and f.usage_point = b.usage_point and f.service = b.service and f.direction = b.direction and f.series = b.series and b.began > f.began
    where l.ended = b.ended and coalesce(f.ended, b.began) <= b.began and l.held - coalesce(f.held, 0) = b.seconds and l.place - coalesce(f.place, 0) > 1
),
counted as (
    select e.*, k.* exclude (source_id, activity_type), string_split(e.usage_point, '/')[-1] as point, k.activity_type as wanted_type,
        case when abs(e.value) < 1000000000000000 and e.power between -12 and 7 then cast(cast(e.value as decimal(18,0)) * cast('1e' || e.power as decimal(20,12)) as decimal(38,10)) end as amount
    from energy e anti join coarse c using (source_id, file_no, row_no) left join source_constant k on k.source_id = e.source_id
)
select c.source_id, c.file_no, c.row_no, 1 as part, concat_ws('/', c.point, c.service, c.direction, c.began) as activity_id, activity_id as natural_key,
    case when c.direction = '19' then 'electricity.exported' else coalesce(c.wanted_type, c.kind_type, 'service ' || coalesce(c.kind, 'not given')) end as activity_type,
    strftime(make_timestamp(c.began * 1000000), '%Y-%m-%dT%H:%M:%SZ') as starts, strftime(make_timestamp((c.began + c.seconds) * 1000000), '%Y-%m-%dT%H:%M:%SZ') as ends,
    case when c.type is null then c.record['value'] || ', whose type no link leads to' when c.accumulation not in ('register', 'interval') then c.record['value'] || ' with ' || c.accumulation
        when c.direction not in ('', '1', '19') then c.record['value'] || ' with flowDirection ' || c.direction when c.read_status is null then c.record['value'] || ' of unknown quality'
        when c.before is not null and c.value < 0 then 'a register that falls to ' || c.record['value'] when c.amount is null then coalesce(c.record['value'], '')
        else decimal_text(case when c.direction = '19' then -c.amount else c.amount end) end as quantity,
    coalesce(c.unit, 'uom ' || coalesce(c.type['uom'], 'not given')) as unit, c.entity, c.site, coalesce(m.meter, c.meter) as meter, c.region, c.supplier, c.hosting, c.system, c.lifecycle_stage, c.coverage,
    coalesce(c.data_quality, case c.read_status when 'estimated' then 'estimated' else 'measured' end) as data_quality, coalesce(c.data_origin, 'own') as data_origin, c.read_status, c.evidence,
    concat_ws(', ', 'usage point ' || c.point, case when c.direction = '19' then 'fed in' end, case when c.before is not null then 'increase of a register' end,
        case when c.record['ReadingQuality.quality'] = '10' then 'marked as questionable' end) as note,
    sha256(cast(c.record as varchar)) as content
from counted c left join meter m on m.meter = c.point;

insert into row_left_out
with used as (select distinct source_id, file_no, row_no from activity_input)
select r.source_id, r.file_no, r.row_no, case r.record['ReadingQuality.quality'] when '12' then 'a forecast' when '15' then 'a reading normalised for weather'
    else 'no energy of its own (power, demand, the first reading of a register, or the same energy in another reading)' end
from record r anti join used u using (source_id, file_no, row_no) where r.connector = 'green_button' and r.record['/element'] = 'IntervalReading';
