update figure set value = value + 1 where figure_id = 'sb_253/scope3_by_category/category=1' and period = '2026-Q3';
