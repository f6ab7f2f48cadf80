-- rule: E1-R46
-- clause: ESRS E1 AR 46 d, AR 48
-- severity: error
-- wording: Cloud and data-centre services are a part of category 1 and never more than it
-- fix: hosted lines (hosting cloud or api) belong to category 1: ghg trace of E1-6_scope3_cloud names those that stand elsewhere
with v as (select datapoint, key, value from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select 'E1-6_scope3_cloud' as subject, plain_number(p.value) || ' of the cloud, ' || plain_number(w.value) || ' in the whole of category 1' as message
from v p join v w on w.datapoint = 'E1-6_scope3_by_category' and w.key = 'category=1' where p.datapoint = 'E1-6_scope3_cloud' and (p.value > w.value or p.value < 0)
