-- rule: intake/meter-overlap
-- severity: error
-- stage: 21
-- cell: start
-- fix: exclude the duplicate read, or name the read that it `replaces`
-- citation: docs/tables.md
with reading as (
    select a.source_id, a.file_no, a.row_no, a.activity_id, a.meter, a.activity_type, a.rank, a.period_start, a.period_end, a.start_instant, a.end_instant, a.has_offset
    from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    where a.meter is not null and a.period_start < a.period_end and not a.is_none
        and a.activity_id not in (select replaced_activity_id from replacement)
),
-- Reads with offsets follow each other by instants, so that the hour which the clock shows twice is no overlap; beside reads without offsets the clock on the wall counts.
earlier as (
    select *, max(period_end) filter (where not has_offset) over by_clock as end_without_offset, arg_max(activity_id, period_end) filter (where not has_offset) over by_clock as other_without_offset,
        max(period_end) filter (where has_offset) over by_clock as end_with_offset, arg_max(activity_id, period_end) filter (where has_offset) over by_clock as other_with_offset,
        max(end_instant) over by_instant as latest_instant, arg_max(activity_id, end_instant) over by_instant as other_instant
    from reading
    window by_clock as (partition by meter, activity_type, rank order by period_start, source_id, file_no, row_no rows between unbounded preceding and 1 preceding),
        by_instant as (partition by meter, activity_type, rank, has_offset order by start_instant, source_id, file_no, row_no rows between unbounded preceding and 1 preceding)
),
overlap as (
    select *, case when period_start < end_without_offset then other_without_offset when has_offset and start_instant < latest_instant then other_instant
        when not has_offset and period_start < end_with_offset then other_with_offset end as other
    from earlier
)
select source_id, file_no, row_no, 'activity:' || activity_id as subject, 'both' as basis,
    'the period of meter "' || meter || '" begins ' || strftime(period_start, '%Y-%m-%d') || ', before ' || other || ' ends' as message
from overlap where other is not null
