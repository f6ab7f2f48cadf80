-- title: EIA API v2, hourly net generation by fuel, JSON
-- formats: json
-- records: response.data[]
-- Generation of a balancing authority by fuel, times the factor of each fuel (`mix_factors` of the series, else standards/generation_factors.csv, cited). An hour with generation of a fuel without factor,
-- or with an empty value, is missing and never understated. Imports are not in it. A period is the hour that ends then, in UTC. Demand has no fuel and is refused.
with fuel as (
    select row_no, timezone('UTC', try_cast(record['period'] || ':00:00' as timestamp)) - interval 1 hour as begins, record['fueltype'] as fuel,
        case when record['value-units'] = 'megawatthours' then try_cast(record['value'] as decimal(18,4)) end as mwh
    from plain where record['fueltype'] <> ''
),
weighed as (
    select f.*, m.g_per_kwh, f.mwh is null or (m.g_per_kwh is null and f.mwh <> 0) as is_unknown from fuel f left join mix_factor m on m.fuel = f.fuel
)
select min(row_no) as row_no, epoch_us(begins) as microsecond, 60 as minutes,
    case when not bool_or(is_unknown) and sum(greatest(mwh, 0)) > 0 then cast(scaled_quotient(sum(cast(greatest(mwh, 0) * coalesce(g_per_kwh, 0) as decimal(38,8))), sum(greatest(mwh, 0))) as varchar) end as value
from weighed where begins is not null group by begins
