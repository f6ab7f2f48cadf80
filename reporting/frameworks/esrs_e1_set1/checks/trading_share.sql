-- rule: E1-R32
-- clause: ESRS E1 48 b, AR 44
-- severity: error
-- wording: The share of Scope 1 under regulated emission trading is between 0 and 100 %
-- fix: correct scope1_emission_trading under inputs: it cannot exceed Scope 1
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select s.datapoint as subject, plain_number(s.value) || ' % is not between 0 and 100' as message from v s where s.datapoint in ('E1-6_08') and (s.value < 0 or s.value > 100)
