-- title: Electricity Maps, hourly CSV of a zone, old and new headings
-- formats: csv
-- one: Zone id
-- time: UTC, a stamp begins its hour
-- gives: intensity of the grid by the hour, g CO2e per kWh, direct
-- seen: the yearly file of one zone, which is refused; hourly files may not be passed on, so that none was at hand
-- traps: the life-cycle intensity stands beside the direct one; a yearly file looks like an hourly one; an hour without value is no hour of 0; a file of several zones has one column of values; stamps are UTC, also where the clocks change
-- The direct intensity alone: the life-cycle one is no factor of Scope 2. The subscript of CO2 and letter case differ between years. Rows that no other hour of the zone stands beside are not hourly
-- (yearly and monthly files are imported as factors); a file of several zones is refused. Hours that the publisher has estimated
-- itself (Data estimated) are taken, and a note counts them.
with lowered as (
    select row_no, map_from_entries(list_transform(map_entries(record), lambda e: {'k': lower(replace(trim(e.key), '₂', '2')), 'v': e.value})) as record from plain
),
stamped as (
    select row_no, try_cast(record['datetime (utc)'] as timestamp) as stamp, record['carbon intensity gco2eq/kwh (direct)'] as value,
        coalesce(lower(record['data estimated']) = 'true', false) as is_estimated from lowered
),
beside as (
    select *, lag(stamp) over (order by stamp, row_no) as before, lead(stamp) over (order by stamp, row_no) as after from stamped
)
select row_no, epoch_us(timezone('UTC', stamp)) as microsecond, 60 as minutes, value, null as total, is_estimated from beside where value <> '' and interval 1 hour in (stamp - before, after - stamp)
