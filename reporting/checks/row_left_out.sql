-- rule: intake/row-left-out
-- severity: note
-- stage: 21
-- of: row_left_out
-- fix: nothing has to be done; the page of the connector in docs/formats says why
-- citation: docs/formats/README.md
select source_id, file_no, min(row_no) as row_no, 'left out: ' || reason as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' row is ' else ' rows are each ' end || reason || '; left out' as message
from row_left_out group by source_id, file_no, reason
