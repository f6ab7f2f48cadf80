-- rule: E1-R70
-- clause: ESRS E1 56 to 58; AR 57 to 60
-- severity: error
-- wording: Removals stand apart from gross emissions; own operations and value chain make the whole
-- fix: correct removals, removals_own and removals_value_chain under inputs
-- applies: removals_declared
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-7_05' as subject, plain_number(w.value) || ' is not ' || plain_number(o.value) || ' + ' || plain_number(c.value) as message
from v w join v o on o.datapoint = 'E1-7_removals_own' join v c on c.datapoint = 'E1-7_removals_value_chain' where w.datapoint = 'E1-7_05' and w.value <> o.value + c.value
