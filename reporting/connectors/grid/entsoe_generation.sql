-- title: ENTSO-E Transparency Platform, actual generation per production type (A75), XML
-- formats: xml
-- records: TimeSeries.Period.Point
-- one: /TimeSeries.inBiddingZone_Domain.mRID
-- fuel: /TimeSeries.MktPSRType.psrType
-- time: UTC, by position and resolution from the start of a period
-- gives: intensity of the generation by the hour, g CO2 per kWh
-- seen: one zone, ten types, two hours
-- traps: a position that curve A03 leaves out is as the one before; a position that curve A01 leaves out is a gap; MW of a quarter hour are no MWh; what pumps draw is no generation; a forecast is no generation; a type that an hour lacks is not left out of it; a type without factor is not left out of its hour; a file of several zones has one column of values; stamps are UTC, also where the clocks change
-- MW by position, resolution and production type, times the factor of each type (`mix_factors` of the series, else standards/generation_factors.csv, cited; types B03, B07 to B09, B13, B15 and B17 have none there).
-- What pumps and batteries draw (series with an out-domain alone) is no generation. An hour that a type does not cover whole, or with a type without factor, is missing and never understated; so is an hour
-- that holds a type twice. Imports are not in it: it is of what was generated, not of what was consumed. Forecasts (A69, A71) and load (A65) are refused.
with point as (
    select row_no, record['/TimeSeries.MktPSRType.psrType'] as fuel, record['/TimeSeries.mRID'] as series, record['/TimeSeries.curveType'] as curve, try_cast(record['position'] as integer) as position,
        case when coalesce(record['/TimeSeries.quantity_Measure_Unit.name'], 'MAW') = 'MAW' then try_cast(record['quantity'] as decimal(18,4)) end as mw,
        try_cast(regexp_extract(record['/TimeSeries.Period.resolution'], '^PT(\d+)M$', 1) as integer) as minutes,
        try_cast(replace(record['/TimeSeries.Period.timeInterval.start'], 'Z', ':00Z') as timestamptz) as begins, try_cast(replace(record['/TimeSeries.Period.timeInterval.end'], 'Z', ':00Z') as timestamptz) as ends
    from plain where record['/type'] = 'A75' and record['/process.processType'] = 'A16' and record['/TimeSeries.inBiddingZone_Domain.mRID'] <> ''
),
filled as (
    select p.*, case curve when 'A03' then coalesce(lead(position) over w, date_diff('minute', begins, ends) // minutes + 1) else position + 1 end as until
    from point p where minutes in (15, 30, 60) window w as (partition by series, fuel, begins order by position)
),
step as (
    select f.row_no, f.fuel, f.mw, f.minutes, f.begins + to_minutes(cast((f.position - 1 + n.i) * f.minutes as integer)) as stamp from filled f, unnest(range(0, f.until - f.position)) as n(i)
),
fuel_hour as (
    select min(row_no) as row_no, fuel, date_trunc('hour', stamp) as hour, case when sum(minutes) = 60 and count(*) = count(mw) then cast(sum(mw * minutes) * 0.0166666666666667 as decimal(18,6)) end as mwh
    from step group by fuel, date_trunc('hour', stamp)
),
weighed as (
    select h.*, m.g_per_kwh, h.mwh is null or (m.g_per_kwh is null and h.mwh <> 0) as is_unknown, count(*) over (partition by h.hour) as present
    from fuel_hour h left join mix_factor m on m.fuel = h.fuel
)
select min(row_no) as row_no, epoch_us(hour) as microsecond, 60 as minutes,
    case when not bool_or(is_unknown) and any_value(present) = (select count(distinct fuel) from fuel_hour) and sum(greatest(mwh, 0)) > 0
        then cast(scaled_quotient(sum(cast(greatest(mwh, 0) * coalesce(g_per_kwh, 0) as decimal(38,8))), sum(greatest(mwh, 0))) as varchar) end as value, sum(greatest(mwh, 0)) as total, false as is_estimated
from weighed group by hour
