update figure set value = value + 1 where figure_id = 'esrs_e1_set1/E1-6_scope3_by_category/category=1' and period = '2026-Q3';
