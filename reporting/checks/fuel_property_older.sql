-- rule: fuel/property-older-year
-- severity: warning
-- stage: 24
-- of: fuel_step
-- fix: add the year's calorific value and density to factors/fuel_properties.csv of the inventory, with their citation
-- citation: docs/tables.md
select distinct null as source_id, null as file_no, null as row_no, 'activity_type:' || activity_type as subject, 'both' as basis,
    activity_type || ' of ' || year(month) || ' is turned into energy with properties of ' || edition || ', ' || step_years || case when step_years = 1 then ' year' else ' years' end || ' older' as message
from fuel_step where step_years > 0
