-- rule: GRI305-R20
-- clause: GRI 305-5 a, d
-- severity: error
-- wording: Reductions by scope make the whole; none is negative
-- fix: correct ghg_reduced and its parts by scope under inputs
with v as (select datapoint, value from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select '305-5_reduced' as subject, plain_number(w.value) || ' is not ' || string_agg(plain_number(p.value), ' + ' order by p.datapoint) as message
from v w join v p on p.datapoint like '305-5_reduced_scope%' where w.datapoint = '305-5_reduced' group by w.value having (count(*) = 3 and sum(p.value) <> w.value) or sum(p.value) > w.value or min(p.value) < 0
