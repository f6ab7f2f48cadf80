-- title: UK Carbon Intensity API, JSON
-- formats: json
-- records: data[]
-- Half-hours of g CO2 (not CO2e) per kWh, in UTC. `intensity.actual` alone: a forecast is never taken for what came, and a half-hour without an actual value is missing.
select row_no, epoch_us(try_cast(replace(record['from'], 'Z', ':00Z') as timestamptz)) as microsecond,
    date_diff('minute', try_cast(replace(record['from'], 'Z', ':00Z') as timestamptz), try_cast(replace(record['to'], 'Z', ':00Z') as timestamptz)) as minutes, record['intensity.actual'] as value
from plain where record['intensity.actual'] <> ''
