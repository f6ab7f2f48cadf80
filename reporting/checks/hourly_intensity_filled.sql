-- rule: hourly/intensity-filled
-- severity: warning
-- stage: 65
-- of: hourly_intensity
-- fix: no action, or get the hours from the publisher
-- citation: docs/scope2.md
select null as source_id, null as file_no, min(i.row_no) as row_no, 'hourly:' || i.series || '@' || strftime(timezone(getvariable('hourly_zone'), to_timestamp(i.hour * 3600)), '%Y-%m') as subject, 'both' as basis,
    count(*) || ' hours take the median of the same hours of the week before and after (' || count(*) filter (where i.state = 'glitch') || ' glitches, the first of all at '
        || strftime(to_timestamp(min(i.hour) * 3600), '%Y-%m-%d %H:%M') || ' UTC); ' || sum(coalesce(l.kwh, 0))::decimal(18,3) || ' kWh of load rest on them' as message
from hourly_intensity i left join (select series, hour, sum(kwh) as kwh from hourly_result group by all) l on l.series = i.series and l.hour = i.hour
where i.is_filled group by i.series, strftime(timezone(getvariable('hourly_zone'), to_timestamp(i.hour * 3600)), '%Y-%m')
