update figure set value = value + 10 where figure_id = 'esrs_e1_set1/E1-6_21' and period = '2026-Q3';
