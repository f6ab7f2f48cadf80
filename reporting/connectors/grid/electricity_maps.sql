-- title: Electricity Maps, hourly CSV of a zone, old and new headings
-- formats: csv
-- The direct intensity alone: the life-cycle one is no factor of Scope 2. The subscript of CO2 and letter case differ between years. A stamp begins its hour, in UTC. Rows that no other hour of the
-- zone stands beside are not hourly (yearly and monthly files are imported as factors); a file of several zones gives nothing.
with lowered as (
    select row_no, map_from_entries(list_transform(map_entries(record), lambda e: {'k': lower(replace(trim(e.key), '₂', '2')), 'v': e.value})) as record from plain
),
stamped as (
    select row_no, try_cast(record['datetime (utc)'] as timestamp) as stamp, record['carbon intensity gco2eq/kwh (direct)'] as value from lowered
),
beside as (
    select *, lag(stamp) over (order by stamp) as before, lead(stamp) over (order by stamp) as after from stamped
)
select row_no, epoch_us(timezone('UTC', stamp)) as microsecond, 60 as minutes, value from beside where value <> '' and interval 1 hour in (stamp - before, after - stamp)
