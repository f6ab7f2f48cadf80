-- rule: fuel/property-of-elsewhere
-- severity: warning
-- stage: 24
-- of: fuel_step
-- fix: add the region's or the supplier's calorific value and density to factors/fuel_properties.csv of the inventory, with their citation
-- citation: docs/tables.md
select distinct null as source_id, null as file_no, null as row_no, 'activity_type:' || activity_type as subject, 'both' as basis,
    activity_type || ' in ' || region || ' is turned into energy with properties of ' || step_region || ' (' || edition || ')' as message
from fuel_step where is_of_elsewhere
