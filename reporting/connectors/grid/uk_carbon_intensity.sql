-- title: UK Carbon Intensity API, JSON
-- formats: json
-- records: data[]
-- time: UTC without seconds, half-hours from and to
-- gives: intensity of the grid by the hour, g CO2 (not CO2e) per kWh
-- seen: one answer, a forecast of 24 hours without any actual value, which is refused
-- traps: a forecast stands beside every actual value; half an hour is no hour
-- Half-hours of g CO2 (not CO2e) per kWh. `intensity.actual` alone: a forecast is never taken for what came, and a half-hour without an actual value is missing, and its hour with it.
select row_no, epoch_us(try_cast(replace(record['from'], 'Z', ':00Z') as timestamptz)) as microsecond,
    date_diff('minute', try_cast(replace(record['from'], 'Z', ':00Z') as timestamptz), try_cast(replace(record['to'], 'Z', ':00Z') as timestamptz)) as minutes, record['intensity.actual'] as value, null as total, false as is_estimated
from plain where record['intensity.actual'] <> ''
