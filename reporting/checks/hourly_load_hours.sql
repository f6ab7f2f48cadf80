-- rule: hourly/load-hours
-- severity: error
-- stage: 62
-- fix: add the missing readings, or take out those that stand twice; stamps of local time need an offset where the clocks change
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
with counted as (
    select m.*, (m.last_slot - m.first_slot) // (s.minutes // 15) + 1 as expected from hourly_meter m join hourly_series s on s.series = m.series where m.stamps > 0
)
select null as source_id, null as file_no, null as row_no, 'hourly:' || series as subject, 'both' as basis,
    'meter ' || meter || site || ': ' || (expected - slots) || ' intervals missing and ' || (stamps - slots) || ' read twice between '
        || strftime(to_timestamp(first_slot * 900), '%Y-%m-%d %H:%M') || ' and ' || strftime(to_timestamp(last_slot * 900), '%Y-%m-%d %H:%M') || ' UTC' as message
from counted where slots <> expected or stamps <> slots
