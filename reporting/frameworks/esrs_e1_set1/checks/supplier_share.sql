-- rule: E1-R43
-- clause: ESRS E1 AR 46 g
-- severity: error
-- wording: The share of Scope 3 from data of suppliers and partners is between 0 and 100 %
-- fix: look at negative lines of Scope 3 with ghg trace
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select s.datapoint as subject, plain_number(s.value) || ' % is not between 0 and 100' as message from v s where s.datapoint in ('E1-6_25') and (s.value < 0 or s.value > 100)
