-- rule: E1-R44
-- clause: ESRS E1 AR 46 h, i
-- severity: error
-- wording: Included and excluded categories are all 15, and every exclusion has a reason
-- fix: give each excluded category a reason under scope3_categories
select 'scope3_categories' as subject, plain_number(count(*)) || ' categories, ' || plain_number(count(*) filter (where status <> 'included' and reason = '')) || ' left out without a reason' as message
from scope3_category having count(*) <> 15 or count(*) filter (where status <> 'included' and reason = '') > 0
