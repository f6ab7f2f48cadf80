-- rule: hourly/generation-hours
-- severity: error
-- stage: 64
-- of: hourly_generation
-- fix: give one row for each hour
-- citation: docs/scope2.md
select null as source_id, null as file_no, min(g.row_no) as row_no, 'hourly:' || t.series as subject, 'both' as basis,
    count(*) || ' hours of ' || t.instrument_id || ' stand more than once, the first at ' || strftime(to_timestamp(min(g.hour) * 3600), '%Y-%m-%d %H:%M') || ' UTC' as message
from hourly_generation g join hourly_turn t on t.turn = g.turn where g.readings > 1 group by t.series, t.instrument_id
