-- rule: intake/row-again
-- severity: warning
-- stage: 21
-- of: superseded_row
-- fix: nothing has to be done; keep one of the exports if the other was delivered by mistake
-- citation: docs/tables.md
select s.source_id, s.file_no, min(s.row_no) as row_no, 'file:' || s.file_no || ' again in ' || s.by_file_no as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' row says' else ' rows say' end || ' what ' || f.path || ' says too (by the natural key); counted once' as message
from (select distinct source_id, file_no, row_no, by_file_no from superseded_row where kind = 'again') s
join source_file f on f.source_id = s.source_id and f.file_no = s.by_file_no
group by s.source_id, s.file_no, s.by_file_no, f.path
