-- rule: factor/released-edited
-- severity: error
-- stage: 4
-- of: released_file
-- fix: restore the released files and put the new values into a new edition folder; factors.lock names each value that a locked period used and that has changed
-- citation: docs/locks.md
select null as source_id, null as file_no, null as row_no, 'set:' || r.set_id as subject, 'both' as basis,
    r.file || ' of factor set ' || r.set_id || ' is not the one that was released: SHA-256 ' || r.found || ', released ' || r.released as message
from released_file r
where r.found <> r.released
