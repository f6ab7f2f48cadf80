delete from condition_failed where condition = 'removals_declared';
update figure set value = case datapoint when 'E1-7_05' then 3 else 1 end where framework = 'esrs_e1_set1' and datapoint in ('E1-7_05', 'E1-7_removals_own', 'E1-7_removals_value_chain') and period = '2026-Q3';
