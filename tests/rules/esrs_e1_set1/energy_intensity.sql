delete from condition_failed where condition = 'high_climate_impact';
update figure set value = case datapoint when 'E1-5_18' then 3 when 'E1-5_19' then 10 else 5 end where framework = 'esrs_e1_set1' and datapoint in ('E1-5_18', 'E1-5_19', 'E1-5_22') and period = '2026-Q3';
