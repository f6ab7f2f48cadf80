-- rule: statement/repeated
-- severity: warning
-- stage: 17
-- of: statement_line
-- fix: nothing needs to be done; it is counted once
-- citation: docs/reconcile.md
select l.source_id, l.file_no, l.row_no, 'row:' || l.row_no as subject, 'both' as basis,
    'the line stands in the source ' || lines || ' times and is counted once (row ' || row_taken
        || case when l.file_taken <> l.file_no then ' of ' || f.path else '' end || ')' as message
from statement_line l join source_file f on f.source_id = l.source_id and f.file_no = l.file_taken where turn > 1 and content = content_taken
