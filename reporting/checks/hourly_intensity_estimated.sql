-- rule: hourly/intensity-estimated
-- severity: note
-- stage: 65
-- of: hourly_estimated
-- fix: no action, or import the file again when the publisher has measured the hours
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:' || e.series || '@' || strftime(timezone(getvariable('hourly_zone'), make_timestamptz(e.microsecond)), '%Y-%m') as subject, 'both' as basis,
    count(*) || ' hours are estimates of the publisher, the first ' || strftime(make_timestamptz(min(e.microsecond)), '%Y-%m-%d %H:%M') || ' UTC; ' || sum(coalesce(l.kwh, 0))::decimal(18,3) || ' kWh of load rest on them' as message
from hourly_estimated e left join (select series, hour, sum(kwh) as kwh from hourly_result group by all) l on l.series = e.series and l.hour = e.microsecond // 3600000000
group by e.series, strftime(timezone(getvariable('hourly_zone'), make_timestamptz(e.microsecond)), '%Y-%m')
