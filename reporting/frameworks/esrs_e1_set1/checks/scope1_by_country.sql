-- rule: E1-R31
-- clause: ESRS E1 AR 41
-- severity: info
-- wording: A breakdown adds up to its total
-- fix: every line has an entity, a site and a category: ghg trace of the whole names those that have none
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_scope1_country' as subject, 'the parts add up to ' || plain_number(sum(p.value)) || ', E1-6_scope1 is ' || plain_number(w.value) as message
from v w join v p on p.datapoint = 'E1-6_scope1_country' where w.datapoint = 'E1-6_scope1' group by w.value having abs(sum(p.value) - w.value) > 0.000001
