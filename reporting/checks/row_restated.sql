-- rule: intake/row-restated
-- severity: warning
-- stage: 21
-- fix: check that the newer export is the right one; if it is not, exclude its row with a reason and remove the export
-- citation: docs/tables.md
select s.source_id, s.file_no, s.first_row_no as row_no, 'key:' || replace(s.natural_key, chr(31), '/') as subject, 'both' as basis,
    coalesce(nullif(s.amount, ''), 'nothing') || ' is restated by row ' || s.by_row_no || ' of ' || f.path || ' as ' || coalesce(nullif(s.by_amount, ''), 'nothing')
        || case when s.amount is not distinct from s.by_amount then ', in another place or period' else '' end || '; the newer row counts' as message
from superseded_row s
join source_file f on f.source_id = s.source_id and f.file_no = s.by_file_no
where s.kind = 'restated'
