update figure set value = value + 5 where figure_id = 'esrs_e1_2026/E1-7_02' and period = '2026-Q3';
