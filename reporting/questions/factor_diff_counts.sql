-- How many factors of two editions are what, and how they were matched. Table factor_change.
select count(*) filter (where status = 'added') as added, count(*) filter (where status = 'removed') as removed, count(*) filter (where status = 'changed') as changed,
    count(*) filter (where status = 'unchanged') as unchanged, count(*) filter (where matched_by = 'publisher key') as by_publisher_key,
    count(*) filter (where matched_by = 'label') as by_label, count(*) filter (where matched_by = 'activity type') as by_activity_type
from factor_change
