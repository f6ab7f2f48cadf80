-- rule: intake/private-number-named
-- severity: error
-- stage: 21
-- of: private_file
-- fix: put a key beside inventory.yaml (private.key, docs/formats/README.md), compute again, and write the name that the value has then
-- citation: docs/formats/README.md
select distinct n.source_id, null as file_no, null as row_no, n.subject, 'both' as basis,
    'names "' || n.name || '"; private-... is a number that holds for one computation, the next files may give it to somebody else' as message
from private_file p join name_given n on regexp_matches(n.name, '(^|[^a-z0-9])private-[0-9]+') where p.hidden_by = 'number'
