-- rule: intake/quantity-rounded
-- severity: note
-- stage: 21
-- cell: quantity
-- fix: no action: the engine keeps 10 decimals
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'quantity "' || left(quantity_text, 80) || '" has more than 10 decimals and was rounded to ' || a.quantity as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.quantity is not null
    and (try_cast(number_text as decimal(38,24)) <> a.quantity or (a.quantity = 0 and regexp_matches(number_text, '^[^eE]*[1-9]'))
        or regexp_extract(number_text, '\.[0-9]{10}([0-9]+)$', 1) not similar to '0*')
