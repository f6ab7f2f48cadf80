-- rule: target/base-missing
-- severity: error
-- stage: 74
-- of: target
-- fix: give the base figure under inputs as base_year.<figure>
-- citation: GHG Protocol Corporate Standard ch. 11
select null as source_id, null as file_no, null as row_no, 'target:' || t.target || '/' || t.figure as subject, 'both' as basis, 'target "' || t.target || '": ' || t.figure || ' has no value in the base year; no progress is stated' as message
from target t join (select distinct figure_id from figure) f on f.figure_id = t.figure left join base_year_value b on b.figure_id = t.figure where b.figure_id is null
