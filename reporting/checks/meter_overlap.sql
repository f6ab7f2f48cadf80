-- rule: intake/meter-overlap
-- severity: error
-- stage: 21
-- cell: start
-- fix: exclude the duplicate read, or name the read that it `replaces`
-- citation: docs/tables.md
with reading as (
    select a.source_id, a.file_no, a.row_no, a.activity_id, a.meter, a.activity_type, a.period_start, a.period_end, a.replaces, a.rank, a.given_id,
        max(a.period_end) over w as latest_end, arg_max(a.activity_id, a.period_end) over w as other
    from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    where a.meter is not null and a.period_start < a.period_end and not a.is_none
        and a.activity_id not in (select replaced_activity_id from replacement)
    window w as (partition by a.meter, a.activity_type, a.rank order by a.period_start, a.source_id, a.file_no, a.row_no rows between unbounded preceding and 1 preceding)
)
select source_id, file_no, row_no, 'activity:' || activity_id as subject, 'both' as basis,
    'the period of meter "' || meter || '" begins ' || strftime(period_start, '%Y-%m-%d') || ', before ' || other || ' ends' as message
from reading where period_start < latest_end
