-- rule: base-year/recalculated
-- severity: note
-- stage: 72
-- of: base_year_step
-- fix: no action: the documents print the recalculated base year with the arithmetic
-- citation: GHG Protocol Corporate Standard ch. 5 (R013, R014, R016)
select null as source_id, null as file_no, null as row_no, figure_id as subject, 'both' as basis,
    figure_id || ': ' || string_agg(decision, '; ' order by n) as message
from base_year_step where is_recalculated group by figure_id
