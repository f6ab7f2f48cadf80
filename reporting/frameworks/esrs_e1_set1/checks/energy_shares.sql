-- rule: E1-R04
-- clause: ESRS E1 AR 34
-- severity: error
-- wording: Shares of fossil, nuclear and renewable energy are between 0 and 100 % and make the whole
-- fix: look at the parts with ghg trace
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select coalesce(min(case when value < 0 or value > 100 then datapoint end), 'shares') as subject, 'the shares add up to ' || plain_number(sum(value)) || ' %' as message
from v where datapoint in ('E1-5_04', 'E1-5_09', 'E1-5_15') having count(*) = 3 and (abs(sum(value) - 100) > 0.000001 or min(value) < 0 or max(value) > 100)
