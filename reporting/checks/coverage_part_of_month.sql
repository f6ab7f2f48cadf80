-- rule: coverage/part-of-month
-- severity: error
-- stage: 23
-- fix: add the days that are missing to the source that counts (an estimated row), or decide under `roles` of inventory.yaml which of them counts
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness); docs/reconcile.md
-- Reads of a meter, or a vendor's statement, make others of the month memo, however little of the month they hold. What those others tell of other days would be lost. Spend has the day of a booking and tells of no days.
with read as (
    select coverage, date_trunc('month', month)::date as calendar_month, min(period_start) as starts, max(period_end) as ends,
        arg_min((source_id, file_no, row_no, row_activity_id), (period_start, activity_id)) as first
    from activity_counted where role = 'inventory' and counts and rank in ('meter', 'vendor') and coverage <> '' and quantity is not null group by all
),
decided as (select coverage, starts, ends from role_choice),
lost as (
    select r.coverage, r.calendar_month, r.starts, r.ends, r.first, min(m.source_id) as other, min(m.period_start) as told_from, max(m.period_end) as told_to
    from read r join activity_counted m on m.coverage = r.coverage and date_trunc('month', m.month)::date = r.calendar_month
    where m.role = 'memo' and m.counts and m.rank in ('vendor', 'tracker', 'estimate') and starts_with(m.memo_reason, 'covered by ') and (m.period_start < r.starts or m.period_end > r.ends)
    group by all
)
select l.first[1] as source_id, l.first[2] as file_no, l.first[3] as row_no, 'activity:' || l.first[4] as subject, 'both' as basis,
    '"' || l.coverage || '": the source that counts holds ' || strftime(l.starts, '%Y-%m-%d') || ' to ' || strftime(l.ends - interval 1 microsecond, '%Y-%m-%d') || ' of ' || strftime(l.calendar_month, '%Y-%m')
        || ', and the source ' || l.other || ', which does not count beside it, ' || strftime(l.told_from, '%Y-%m-%d') || ' to ' || strftime(l.told_to - interval 1 microsecond, '%Y-%m-%d') as message
from lost l anti join decided d on d.coverage = l.coverage and d.starts <= l.calendar_month and l.calendar_month < d.ends
