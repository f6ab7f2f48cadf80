-- rule: intake/replacement-shorter
-- severity: error
-- stage: 21
-- cell: replaces
-- of: replacement_fault
-- fix: add the reads of the other days, each naming the row that it `replaces`, or split the estimate
-- citation: docs/time.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the reads that replace ' || a.activity_id || ' cover ' || (f.seconds_covered // 86400) || ' of its ' || (f.seconds // 86400) || ' days (' || f.replacing || '): the rest would be lost' as message
from replacement_fault f join activity_row a on a.activity_id = f.replaced_activity_id
where f.fault = 'shorter'
