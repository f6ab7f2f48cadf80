-- rule: coverage/month-missing
-- severity: error
-- stage: 47
-- of: missing_month
-- fix: add the bill or the read, or an estimate marked as such (read_status estimated)
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
select null as source_id, null as file_no, null as row_no, 'meter:' || meter || '@' || strftime(month, '%Y-%m') as subject, 'both' as basis,
    'meter "' || meter || '" (' || carrier || ', site ' || site || ') has no data for ' || strftime(month, '%Y-%m') as message
from missing_month
