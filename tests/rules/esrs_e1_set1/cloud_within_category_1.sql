update figure set value = value + 10000 where figure_id = 'esrs_e1_set1/E1-6_scope3_cloud' and period = '2026-Q3';
