-- rule: E1-R40
-- clause: ESRS E1 51, AR 46 d
-- severity: error
-- wording: Each significant category has its own value, and they add up to Scope 3
-- fix: every line has an entity, a site and a category: ghg trace of the whole names those that have none
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_scope3_by_category' as subject, 'the parts add up to ' || plain_number(sum(p.value)) || ', E1-6_scope3 is ' || plain_number(w.value) as message
from v w join v p on p.datapoint = 'E1-6_scope3_by_category' where w.datapoint = 'E1-6_scope3' group by w.value having abs(sum(p.value) - w.value) > 0.000001
