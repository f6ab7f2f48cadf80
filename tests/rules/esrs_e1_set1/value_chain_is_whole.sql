update figure set value = value + 1 where figure_id = 'esrs_e1_set1/E1-6_06_upstream' and period = '2026-Q3';
