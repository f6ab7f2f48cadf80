-- rule: intake/readings-overlap
-- severity: error
-- stage: 22
-- of: interval_reading
-- fix: remove the reading that is there twice, or exclude it as duplicate
-- citation: docs/tables.md
select source_id, file_no, row_no, 'activity:' || activity_id as subject, 'both' as basis,
    'the reading of ' || strftime(start_instant, '%Y-%m-%d %H:%M') || ' UTC begins before the one before it ends' as message
from (select *, lag(start_instant + to_seconds(seconds)) over (partition by activity_id order by start_instant, row_no) as last_end from interval_reading)
where start_instant < last_end
