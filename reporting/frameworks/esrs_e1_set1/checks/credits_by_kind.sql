-- rule: E1-R71
-- clause: ESRS E1 59; AR 62
-- severity: error
-- wording: Credits cancelled from reduction and from removal projects make the whole; no share is above 100 %
-- fix: correct credits_cancelled and its parts under inputs
-- applies: credits_cancelled
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-7_10' as subject, plain_number(w.value) || ' is not ' || plain_number(r.value) || ' + ' || plain_number(m.value) as message
from v w join v r on r.datapoint = 'E1-7_credits_reduction' join v m on m.datapoint = 'E1-7_credits_removal' where w.datapoint = 'E1-7_10' and w.value <> r.value + m.value
union all
select datapoint, plain_number(value) || ' % of the credits' from v where datapoint in ('E1-7_13', 'E1-7_14', 'E1-7_16', 'E1-7_17', 'E1-7_18') and (value < 0 or value > 100)
