-- rule: sci/row-beyond-a-year
-- severity: warning
-- stage: 21
-- of: system
-- cell: end
-- fix: give rows of a year or less
-- citation: SCI specification 1.1.0 (ISO/IEC 21031:2024), Granularity, R100
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the row of ' || y.name || ' spans ' || a.starts || ' to ' || a.ends || ', longer than a year: its months are shares by days' as message
from system y join activity_row a on a.system = y.system
anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
where a.period_end > a.period_start + interval 1 year and not a.is_none
