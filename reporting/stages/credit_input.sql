-- What the register of carbon credits answers, in t CO2e for every period: credits count in the period in which they were retired, and are planned while they are
-- acquired (bought or contracted) and not retired at its end. A period without any is 0, not a gap.
insert into input
with lot as (
    select c.*, p.period, coalesce(e.ancestor is not null, false) as is_eu, coalesce(c.retired_on >= p.starts and c.retired_on < p.ends, false) as is_cancelled,
        c.acquired_on < p.ends and (c.retired_on is null or c.retired_on >= p.ends) as is_open,
        c.status <> 'contracted' and c.acquired_on >= p.starts and c.acquired_on < p.ends and (c.retired_on is null or c.retired_on >= p.ends) as is_bought
    from carbon_credit c cross join period p left join region_ancestor e on e.region = c.region and e.ancestor = 'EU27'
),
told as (
    select period, row_no, t_co2e, unnest([
        {'name': 'credits_cancelled', 'counts': is_cancelled},
        {'name': 'credits_cancelled_reduction', 'counts': is_cancelled and kind = 'reduction'},
        {'name': 'credits_cancelled_removal', 'counts': is_cancelled and kind = 'removal'},
        {'name': 'credits_cancelled_recognised', 'counts': is_cancelled and is_recognised},
        {'name': 'credits_cancelled_eu', 'counts': is_cancelled and is_eu},
        {'name': 'credits_cancelled_adjusted', 'counts': is_cancelled and is_adjusted},
        {'name': 'credits_planned', 'counts': is_open},
        {'name': 'credits_bought_not_cancelled', 'counts': is_bought}
    ], recursive := true)
    from lot
)
select name, period, '' as key, cast(sum(case when counts then t_co2e else 0 end) as decimal(38,12)) as value, null as text, 'tCO2e' as unit,
    'carbon_credits.csv' || coalesce(', row ' || string_agg(case when counts then cast(row_no as varchar) end, ', ' order by row_no), ': none') as source
from told group by name, period;
