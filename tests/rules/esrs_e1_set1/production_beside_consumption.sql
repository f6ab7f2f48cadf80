update figure set value = value + 9 where figure_id = 'esrs_e1_set1/E1-5_08' and period = '2026-Q3';
