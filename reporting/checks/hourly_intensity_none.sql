-- rule: hourly/intensity-none
-- severity: error
-- stage: 63
-- of: hourly_place
-- fix: add an hourly intensity for the region or one that contains it to hourly.intensity of inventory.yaml
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:region ' || p.region as subject, 'both' as basis, 'no hourly grid intensity is given for ' || p.region || ', where there is hourly load' as message
from (select distinct region from hourly_place where place in (select place from hourly_load_hour)) p anti join hourly_region r on r.region = p.region and r.kind = 'grid'
