-- rule: factor/product-too-large
-- severity: error
-- stage: 36
-- fix: check quantity and unit
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'quantity times factor leaves 38 digits' as message
from activity a join unpriced_activity x on x.activity_id = a.activity_id and x.reason = 'too large'
