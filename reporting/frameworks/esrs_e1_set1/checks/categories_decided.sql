-- rule: E1-R41
-- clause: ESRS E1 AR 46 a to c
-- severity: error
-- wording: All 15 categories are screened
-- fix: say under scope3_categories of inventory.yaml whether each category is included
select 'Category ' || category as subject, reason as message from scope3_category where status = 'undecided'
