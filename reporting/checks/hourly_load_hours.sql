-- rule: hourly/load-hours
-- severity: error
-- stage: 62
-- of: hourly_interval
-- fix: add the missing readings, or take out those that stand twice; stamps of local time need an offset where the clocks change
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
with counted as (select *, last_slot - first_slot + 1 as expected from hourly_interval)
select null as source_id, null as file_no, null as row_no, 'hourly:' || c.series as subject, 'both' as basis,
    c.point || ': ' || (c.expected - c.intervals) || ' intervals missing and ' || (c.stamps - c.intervals) || ' read twice between '
        || strftime(to_timestamp(c.first_slot * s.minutes * 60), '%Y-%m-%d %H:%M') || ' and ' || strftime(to_timestamp(c.last_slot * s.minutes * 60), '%Y-%m-%d %H:%M') || ' UTC' as message
from counted c join hourly_series s on s.series = c.series
where c.intervals <> c.expected or c.stamps <> c.intervals
