-- Figures of kind `hourly`: sums over the lines of a period, weighted by the view; the score is one of them over another, long division to 12 decimals, half away from zero.
-- What a line adds: MWh, or kg CO2e. A line is a place and an hour, and an instrument where one covers the hour (turn 0: none).
create view hourly_part as
select 'load' as measure, place, entity, day, month, hour, 0::bigint as turn, kwh, 0.001::decimal(38,14) as factor, cast(kwh * 0.001 as decimal(38,12)) as amount from hourly_result
union all
select 'location', place, entity, day, month, hour, 0, kwh, kg_per_kwh, cast(kwh * kg_per_kwh as decimal(38,12)) from hourly_result
union all
select 'market', place, entity, day, month, hour, 0, cast(kwh - covered_kwh as decimal(38,10)), rest_kg_per_kwh, cast((kwh - covered_kwh) * rest_kg_per_kwh as decimal(38,12)) from hourly_result
union all
select m.measure, r.place, r.entity, r.day, r.month, r.hour, k.turn, k.kwh, case when m.measure = 'market' then t.rate else 0.001 end,
    cast(k.kwh * case when m.measure = 'market' then t.rate else 0.001::decimal(38,14) end as decimal(38,12))
from hourly_take k join hourly_turn t on t.turn = k.turn join hourly_result r on r.place = k.place and r.hour = k.hour
join (select unnest(['covered', 'carbon_free', 'market']) as measure) m on m.measure <> 'carbon_free' or t.is_carbon_free;

-- The interest is that of the day on which the hour falls.
create view hourly_line as
select h.*, s.view, s.share, case when s.share = 1 then h.amount else cast(h.amount * s.share as decimal(38,12)) end as weighted
from hourly_part h join hourly_share s on s.place = h.place and s.share <> 0 and s.valid_from <= h.day and h.day < s.valid_to;

create table hourly_damage as
select f.rule, f.subject, g.figure_id, g.period
from finding f join figure_definition g on g.kind = 'hourly'
where f.severity = 'error' and f.rule like 'hourly/%' and (not contains(f.subject, '@')
    or (try_cast(split_part(f.subject, '@', 2) || '-01' as date) >= g.starts and try_cast(split_part(f.subject, '@', 2) || '-01' as date) < g.ends))
union
-- A faulty instrument that covers hours puts the figures of all its hours in doubt.
select f.rule, f.subject, g.figure_id, g.period
from finding f join hourly_turn t on f.subject = 'instrument:' || t.instrument_id join figure_definition g on g.kind = 'hourly' and t.starts < g.ends and g.starts < t.ends
where f.severity = 'error' and f.rule like 'scope2/instrument%';

create table hourly_figure as -- of: hourly_series
with month_total as (select view, month, measure, count(*) as entries, sum(weighted) as amount from hourly_line group by all),
summed as (
    select g.figure_id, g.framework, g.datapoint, g.split, g.split_value, g.period, g.view, d.factor, sum(t.entries)::bigint as entries,
        cast(sum(t.amount) * any_value(d.factor) as decimal(38,12)) as value
    from figure_definition g join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
    left join month_total t on t.view = g.view and t.measure = d.measure and t.month >= g.starts and t.month < g.ends
    where g.kind = 'hourly' and d.numerator = '' group by all
),
part as (
    select g.figure_id, g.framework, g.datapoint, g.split, g.split_value, g.period, g.view, d.factor, n.entries,
        cast(abs(cast(n.value * d.factor as decimal(38,12))) * 1000000000000 as hugeint) as top, cast(abs(m.value) * 1000000000000 as hugeint) as bottom
    from figure_definition g join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
    join summed n on n.framework = g.framework and n.datapoint = d.numerator and n.period = g.period
    join summed m on m.framework = g.framework and m.datapoint = d.denominator and m.period = g.period
    where g.kind = 'hourly' and d.numerator <> ''
),
first_six as (select *, top // bottom as q0, ((top % bottom) * 1000000) // bottom as q1, ((top % bottom) * 1000000) % bottom as r1 from part where bottom <> 0),
divided as (
    select *, q0 * 1000000000000 + q1 * 1000000 + (r1 * 1000000) // bottom + case when 2 * ((r1 * 1000000) % bottom) >= bottom then 1 else 0 end as units from first_six
),
made as (
    select figure_id, framework, datapoint, split, split_value, period, view, factor, entries, value from summed
    union all
    select p.figure_id, p.framework, p.datapoint, p.split, p.split_value, p.period, p.view, p.factor, p.entries,
        cast(cast(d.units as decimal(38,0)) * 0.000000000001 as decimal(38,12))
    from part p left join divided d on d.figure_id = p.figure_id and d.period = p.period
),
damaged as (select figure_id, period, count(*) as errors, min(rule) as rule from hourly_damage group by all)
select m.figure_id, m.framework, m.datapoint, m.split, m.split_value, m.period, m.view, 'hourly' as kind, m.factor,
    case when x.errors > 0 then 'withheld' when m.value is null then 'no_activity' else 'stated' end as status,
    case when x.errors > 0 then null when m.value is null then 0 else m.value end::decimal(38,12) as value, coalesce(m.entries, 0) as entries,
    case when x.errors > 0 then cast(x.errors as varchar) || case when x.errors = 1 then ' error: ' else ' errors, the first: ' end || x.rule when m.value is null then 'no hourly load in the period' else '' end as reason
from made m left join damaged x on x.figure_id = m.figure_id and x.period = m.period
where exists (from hourly_series);
