-- rule: CDP-R02
-- clause: CDP C7.2
-- severity: error
-- wording: Countries add up to Scope 1
-- fix: every line has an entity, a site and a category: ghg trace of the whole names those that have none
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'scope1_by_country' as subject, 'the parts add up to ' || plain_number(sum(p.value)) || ', scope1 is ' || plain_number(w.value) as message
from v w join v p on p.datapoint = 'scope1_by_country' where w.datapoint = 'scope1' group by w.value having abs(sum(p.value) - w.value) > 0.000001
