update figure set value = value + 5 where figure_id = 'vsme_2026/B3_scope1' and period = '2026-Q3';
