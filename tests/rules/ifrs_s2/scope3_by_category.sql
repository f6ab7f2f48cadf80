update figure set value = value + 1 where figure_id = 'ifrs_s2/scope3_by_category/category=1' and period = '2026-Q3';
