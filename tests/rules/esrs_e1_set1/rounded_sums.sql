update figure set stated = stated + 9 where figure_id = 'esrs_e1_set1/E1-6_total_location' and period = '2026-Q3';
