-- rule: base-year/computed-differs
-- severity: warning
-- stage: 72
-- of: base_year_value
-- fix: register the difference in base_year_events.csv (method, factor or error), or correct the base figure
-- citation: GHG Protocol Corporate Standard ch. 5 (R016)
select null as source_id, null as file_no, null as row_no, figure_id as subject, 'both' as basis,
    figure_id || ': the activity data of the base year give ' || plain_number(computed) || ' t, the base year with its events is ' || plain_number(base + kept) || ' t' as message
from base_year_value where computed is not null and computed <> base + kept
