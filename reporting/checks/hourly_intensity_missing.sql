-- rule: hourly/intensity-missing
-- severity: error
-- stage: 63
-- of: hourly_intensity
-- fix: get the hours from the publisher, or declare fill: same_hour_median for the series
-- citation: docs/scope2.md
select null as source_id, null as file_no, min(row_no) as row_no, 'hourly:' || series || '@' || strftime(timezone(getvariable('hourly_zone'), to_timestamp(hour * 3600)), '%Y-%m') as subject, 'both' as basis,
    count(*) || ' hours have no intensity, or two, the first at ' || strftime(to_timestamp(min(hour) * 3600), '%Y-%m-%d %H:%M') || ' UTC' || case when min(given) is null then ''
        else ': ' || arg_min(given, hour)::decimal(18,6) || ' kg/kWh where ' || arg_min(usual, hour)::decimal(18,6) || ' is usual' || coalesce(', generation ' || arg_min(total, hour) || ' where '
        || arg_min(usual_total, hour) || ' is usual', '') end || coalesce('; no factor for ' || any_value(f.fuels), '') as message
from hourly_intensity left join (select series, string_agg(fuel, ', ' order by fuel) as fuels from hourly_mix where g_per_kwh is null group by series) f using (series)
where state in ('missing', 'twice') and not is_filled group by series, strftime(timezone(getvariable('hourly_zone'), to_timestamp(hour * 3600)), '%Y-%m')
