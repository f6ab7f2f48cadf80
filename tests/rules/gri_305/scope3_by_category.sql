update figure set value = value + 1 where figure_id = 'gri_305/305-3_scope3_by_category/category=1' and period = '2026-Q3';
