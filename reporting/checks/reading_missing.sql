-- rule: coverage/readings-missing
-- severity: error
-- stage: 22
-- of: interval_reading
-- fix: add the missing readings, or an estimate for them marked as such
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
with reading as (
    select *, lead(start_instant) over w as next_instant, row_number() over w = 1 as is_first, lead(start_instant) over w is null as is_last
    from interval_reading window w as (partition by activity_id order by start_instant, row_no)
),
gap as (
    select *, case when is_first and period_start > month::timestamp then 'the month begins without readings'
        when is_last and period_end < month::timestamp + interval 1 month then 'the month ends without readings'
        when next_instant > start_instant + to_seconds(seconds) then 'no reading from ' || strftime(start_instant + to_seconds(seconds), '%Y-%m-%d %H:%M') || ' UTC on' end as gap
    from reading
)
select source_id, file_no, row_no, 'activity:' || activity_id as subject, 'both' as basis,
    activity_id || ': ' || gap || '; the month cannot be added up' as message
from gap where gap is not null
