-- rule: narrative/unusable
-- severity: error
-- stage: 90
-- of: narrative
-- fix: correct the text; docs/narratives.md says what may stand in it
-- citation: docs/narratives.md
select null as source_id, null as file_no, row_no, 'narrative:' || name as subject, 'both' as basis, path || ' ' || fault || '; the text is withheld' as message
from narrative where fault <> ''
