update figure set value = value + 1 where figure_id = 'esrs_e1_set1/E1-7_credits_removal' and period = '2026-Q3';
