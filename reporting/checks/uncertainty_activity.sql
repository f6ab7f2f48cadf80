-- rule: uncertainty/activity-unreadable
-- severity: warning
-- stage: 68
-- fix: write it as "10 %" (half of the 95 % range) or "gsd95 1.2"
-- citation: IPCC 2006 Guidelines vol. 1 ch. 3
select source_id, file_no, row_no, 'activity:' || activity_id as subject, 'both' as basis,
    'uncertainty "' || left(uncertainty, 40) || '" of the row cannot be read; that of its class, if any, is taken' as message
from activity_row where uncertainty is not null and half_range_of(uncertainty) is null
