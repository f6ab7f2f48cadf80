-- rule: coverage/covered-by-nothing
-- severity: error
-- stage: 29
-- of: memo_row
-- fix: add the data of the month to the source that is to hold the line, or take the line out of `memo` so that it counts
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
select m.source_id, m.file_no, m.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the line is memo because ' || array_to_string(m.covered_by, ', ') || ' is to hold it, and nothing of that counts in ' || strftime(a.month, '%Y-%m') as message
from memo_row m
join activity a on a.source_id = m.source_id and a.file_no = m.file_no and a.row_no = m.row_no and a.derivation = ''
where m.kind = 'covered' and not exists (
    from activity c where list_contains(m.covered_by, c.source_id) and c.role = 'inventory' and c.counts and date_trunc('month', c.month) = date_trunc('month', a.month))
