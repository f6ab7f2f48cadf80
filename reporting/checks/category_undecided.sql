-- rule: scope3/category-undecided
-- severity: warning
-- stage: 44
-- fix: say under scope3_categories of inventory.yaml whether it is included, excluded or not relevant, with the reason
-- citation: GHG Protocol Scope 3 Standard ch. 6
select null as source_id, null as file_no, null as row_no, 'category:' || category as subject, 'both' as basis,
    'Scope 3 category ' || category || ' (' || label || ') is neither included nor excluded' as message
from scope3_category where status = 'undecided'
