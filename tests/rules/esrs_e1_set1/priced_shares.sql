update figure set value = 101 where figure_id = 'esrs_e1_set1/E1-8_06' and period = '2026-Q3';
