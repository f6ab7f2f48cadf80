delete from condition_failed where condition = 'high_climate_impact';
update figure set value = 0 where framework = 'esrs_e1_set1' and datapoint in ('E1-5_10', 'E1-5_11', 'E1-5_12', 'E1-5_13', 'E1-5_14') and period = '2026-Q3';
update figure set value = value + 5 where figure_id = 'esrs_e1_set1/E1-5_10' and period = '2026-Q3';
