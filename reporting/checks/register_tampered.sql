-- rule: register/tampered
-- severity: error
-- stage: 82
-- of: register_fault
-- fix: restore the folder disclosures from a copy; the register is only ever added to
-- citation: docs/versions.md
select null as source_id, null as file_no, row_no, 'register:' || file as subject, 'both' as basis, 'disclosures/' || file || ' ' || message as message
from register_fault
