-- rule: target/not-after-base-year
-- severity: error
-- stage: 74
-- of: target
-- fix: name a target period after the base year
-- citation: GHG Protocol Corporate Standard ch. 11
select distinct null as source_id, null as file_no, null as row_no, 'target:' || t.target as subject, 'both' as basis, 'target "' || t.target || '" ends ' || t.period || ', not after the base year ' || y.period as message
from target t cross join base_year y where t.ends <= y.ends
