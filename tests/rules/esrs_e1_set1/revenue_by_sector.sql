delete from condition_failed where condition = 'high_climate_impact';
update figure set value = 1 where framework = 'esrs_e1_set1' and datapoint in ('E1-5_22', 'E1-5_23') and period = '2026-Q3';
