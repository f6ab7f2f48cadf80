-- rule: E1-R37
-- clause: ESRS E1 AR 45 d
-- severity: error
-- wording: Shares of contractual instruments are between 0 and 100 %, bundled and unbundled not above all of them
-- fix: look at the statement of contractual instruments
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_18' as subject, plain_number(b.value) || ' % bundled and ' || plain_number(u.value) || ' % unbundled against ' || plain_number(a.value) || ' % in all' as message
from v a join v b on b.datapoint = 'E1-6_21' join v u on u.datapoint = 'E1-6_22' where a.datapoint = 'E1-6_18' and (b.value + u.value > a.value + 0.000001 or a.value < 0 or a.value > 100)
