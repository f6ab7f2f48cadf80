update figure set value = value + 5 where figure_id = 'esrs_e1_set1/E1-5_02' and period = '2026-Q3';
