-- rule: statement/restated
-- severity: warning
-- stage: 17
-- of: statement_line
-- fix: nothing where the vendor has revised its figure; else take the wrong file out of the source
-- citation: docs/reconcile.md
select source_id, file_no, row_no, 'row:' || row_no as subject, 'both' as basis,
    'a later line of the same account, service, place and month takes its place: ' || coalesce(location, market, '') || ' became ' || coalesce(value_taken, '') || ' (row ' || row_taken
        || case when file_taken <> file_no then ' of ' || (select path from source_file f where f.source_id = l.source_id and f.file_no = l.file_taken) else '' end || ')' as message
from statement_line l where turn > 1 and content <> content_taken
