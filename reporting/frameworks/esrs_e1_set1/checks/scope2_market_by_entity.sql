-- rule: E1-R28 scope2_market
-- clause: ESRS E1 50 a, b
-- severity: error
-- wording: Scopes 1 and 2 are split into the group and the others under operational control, and the parts make the whole
-- fix: every line has an entity, a site and a category: ghg trace of the whole names those that have none
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_scope2_market_entity' as subject, 'the parts add up to ' || plain_number(sum(p.value)) || ', E1-6_scope2_market is ' || plain_number(w.value) as message
from v w join v p on p.datapoint = 'E1-6_scope2_market_entity' where w.datapoint = 'E1-6_scope2_market' group by w.value having abs(sum(p.value) - w.value) > 0.000001
