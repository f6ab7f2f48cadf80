-- title: EIA API v2, hourly net generation by fuel, JSON
-- formats: json
-- records: response.data[]
-- one: respondent
-- fuel: fueltype
-- time: UTC, a period ends at its hour
-- gives: intensity of the generation by the hour, g CO2 per kWh
-- seen: gas of one balancing authority, two hours; its demand, which is refused
-- traps: a period is the hour that ends then; an empty value is no 0; a fuel without factor is not left out of its hour; a fuel that has no row for an hour is not left out of it; what storage draws is no negative generation; storage that draws needs no factor; a row that stands twice counts once; other units are no MWh; a file of several authorities has one column of values
-- Generation of a balancing authority by fuel, times the factor of each fuel (`mix_factors` of the series, else standards/generation_factors.csv, cited). An hour with generation of a fuel without factor,
-- with an empty value, or without a fuel that other hours of the file have, is missing and never understated. Imports are not in it: it is of what was generated, not of what was consumed.
-- Demand has no fuel and is refused. What storage draws (negative) is no generation.
with fuel as (
    select min(row_no) as row_no, timezone('UTC', try_cast(record['period'] || ':00:00' as timestamp)) - interval 1 hour as begins, record['fueltype'] as fuel,
        case when record['value-units'] = 'megawatthours' then try_cast(record['value'] as decimal(18,4)) end as mwh
    from plain where record['fueltype'] <> '' group by begins, fuel, mwh
),
weighed as (
    select f.*, m.g_per_kwh, f.mwh is null or (m.g_per_kwh is null and f.mwh > 0) or count(*) over (partition by f.begins, f.fuel) > 1 as is_unknown, count(*) over (partition by f.begins) as present
    from fuel f left join mix_factor m on m.fuel = f.fuel
)
select min(row_no) as row_no, epoch_us(begins) as microsecond, 60 as minutes,
    case when not bool_or(is_unknown) and any_value(present) = (select count(distinct fuel) from fuel) and sum(greatest(mwh, 0)) > 0
        then cast(scaled_quotient(sum(cast(greatest(mwh, 0) * coalesce(g_per_kwh, 0) as decimal(38,8))), sum(greatest(mwh, 0))) as varchar) end as value, sum(greatest(mwh, 0)) as total, false as is_estimated
from weighed where begins is not null group by begins
