-- rule: factor/older-year
-- severity: warning
-- stage: 36
-- fix: load the edition of the year when it is published; the share is printed beside the figure
-- citation: docs/tables.md
select null as source_id, null as file_no, null as row_no, 'factor:' || p.factor_id as subject, p.basis,
    p.activity_type || ' in ' || p.region || ' is priced with ' || p.factor_id || ', ' || max(p.year_distance) || case when max(p.year_distance) = 1 then ' year' else ' years' end || ' older than the activity' as message
from price p where p.year_distance > 0 and p.factor_id not like 'instrument.%' group by p.factor_id, p.basis, p.activity_type, p.region
