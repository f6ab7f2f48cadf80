-- Figures of kind `ratio`, and all figures together. Division is long division on integers to 12 decimals, half away from zero,
-- because decimal division is binary floating point in the engine. A ratio takes the worst status of its parts; a denominator of 0 withholds it.
create table ratio as
with part as (
    select g.figure_id, g.framework, g.datapoint, g.split, g.split_value, g.period, g.view, d.factor, n.status as numerator_status, m.status as denominator_status,
        a.reason as not_applicable, n.reason as numerator_reason, m.reason as denominator_reason,
        n.entries, n.value as numerator, m.value as denominator, n.amount, n.measured, n.estimated, n.filled, n.primary_data, n.fallback, n.other_gwp_set
    from figure_definition g
    join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
    left join figure_base n on n.framework = g.framework and n.datapoint = d.numerator and n.split_value = g.split_value and n.period = g.period
    left join figure_base m on m.framework = g.framework and m.datapoint = d.denominator and m.split_value = g.split_value and m.period = g.period
    left join not_applicable a on a.framework = g.framework and a.datapoint = g.datapoint and a.period = g.period
    where g.kind = 'ratio'
),
scaled as (
    -- What leaves 38 digits has no exact quotient: it is withheld.
    select p.*, case when cast(abs(p.numerator) as double) * cast(abs(p.factor) as double) < 1e13
            then cast(abs(cast(p.numerator * p.factor as decimal(38,12))) * 1000000000000 as hugeint) end as top,
        case when cast(abs(p.denominator) as double) < 1e13 then cast(abs(p.denominator) * 1000000000000 as hugeint) end as bottom,
        case when (p.numerator < 0) <> (p.denominator < 0) then -1 else 1 end as sign
    from part p
    where p.not_applicable is null and p.numerator is not null and p.denominator is not null and p.denominator <> 0
),
whole as (select s.*, top // bottom as q0, top % bottom as r0 from scaled s),
first_six as (select w.*, (r0 * 1000000) // bottom as q1, (r0 * 1000000) % bottom as r1 from whole w),
next_six as (select f.*, (r1 * 1000000) // bottom as q2, (r1 * 1000000) % bottom as r2 from first_six f),
rounded as (select n.*, q2 + case when 2 * r2 >= bottom then 1 else 0 end as q3 from next_six n),
divided as (
    select figure_id, period, cast(sign * (cast(q0 as decimal(24,0)) + cast(q1 as decimal(24,0)) * 0.000001 + cast(q3 as decimal(24,0)) * 0.000000000001) as decimal(38,12)) as value
    from rounded
)
select p.figure_id, p.framework, p.datapoint, p.split, p.split_value, p.period, p.view, 'ratio' as kind, p.factor,
    case when p.not_applicable is not null then 'not_applicable' when p.numerator_status = 'withheld' or p.denominator_status = 'withheld' then 'withheld'
        -- A system of which nothing is recorded has no score: 0 would say that it emits nothing. One that counts by no such unit reports none.
        when p.split = 'system' and p.denominator_status = 'not_reported' then 'not_reported'
        when p.split = 'system' and p.numerator_status = 'no_activity' then 'no_activity'
        when p.numerator_status = 'not_applicable' or p.denominator_status = 'not_applicable' then 'not_applicable' when v.value is null then 'withheld'
        when p.numerator_status = 'provisional' then 'provisional' else 'stated' end as status,
    case when p.numerator_status = 'withheld' or p.denominator_status = 'withheld' or (p.split = 'system' and p.numerator_status = 'no_activity')
        then cast(null as decimal(38,12)) else v.value end as value,
    coalesce(p.entries, 0) as entries, p.amount, p.measured, p.estimated, p.filled, p.primary_data, p.fallback, p.other_gwp_set,
    case when p.not_applicable is not null then p.not_applicable when p.numerator_status = 'withheld' then 'its numerator is withheld'
        when p.numerator_status = 'not_applicable' then p.numerator_reason when p.denominator_status = 'not_applicable' then p.denominator_reason
        when p.split = 'system' and p.denominator_status = 'not_reported' then 'no functional unit is given'
        when p.split = 'system' and p.numerator_status = 'no_activity' then 'nothing is recorded of the system'
        when p.denominator_status = 'withheld' or p.denominator is null then 'its denominator is withheld or not given'
        when p.denominator = 0 then 'its denominator is 0'
        when v.value is null then 'it is too large to be divided exactly' else '' end as reason
from part p left join divided v on v.figure_id = p.figure_id and v.period = p.period;

create table figure_all as
select * from figure_base union all select * from ratio;
