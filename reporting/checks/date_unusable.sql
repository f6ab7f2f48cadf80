-- rule: intake/date-unusable
-- severity: error
-- stage: 21
-- cell: start
-- fix: write dates as 2026-07-31, timestamps with an offset, or declare date_format or time_zone for the source
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'start "' || coalesce(left(starts, 40), '') || '" or end "' || coalesce(left(ends, 40), '') || '" is not a date that the source declares'
    || case when regexp_full_match(starts, '[0-9]{5}') or regexp_full_match(ends, '[0-9]{5}') then ': days counted by a spreadsheet, whose cells are not formatted as dates' else '' end as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where (a.period_start is null or a.period_end is null) and not a.is_none
