update figure set value = value + 5 where figure_id = 'vsme_2026/B3_electricity_renewable' and period = '2026-Q3';
