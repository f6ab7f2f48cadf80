-- rule: GRI305-R02
-- clause: GRI 305-3 d
-- severity: error
-- wording: The categories of Scope 3 add up to it
-- fix: every line has an entity, a site and a category: ghg trace of the whole names those that have none
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select '305-3_scope3_by_category' as subject, 'the parts add up to ' || plain_number(sum(p.value)) || ', 305-3_scope3 is ' || plain_number(w.value) as message
from v w join v p on p.datapoint = '305-3_scope3_by_category' where w.datapoint = '305-3_scope3' group by w.value having abs(sum(p.value) - w.value) > 0.000001
