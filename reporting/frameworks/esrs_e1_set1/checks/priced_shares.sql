-- rule: E1-R80
-- clause: ESRS E1 62, 63; AR 65, 66
-- severity: error
-- wording: The internal carbon price covers between 0 and 100 % of each scope
-- fix: correct carbon_priced_scope1, 2 and 3 under inputs: none can exceed its scope
-- applies: carbon_price_declared
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select s.datapoint as subject, plain_number(s.value) || ' % is not between 0 and 100' as message from v s where s.datapoint in ('E1-8_06', 'E1-8_07', 'E1-8_08') and (s.value < 0 or s.value > 100)
