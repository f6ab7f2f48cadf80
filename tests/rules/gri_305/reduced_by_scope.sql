update figure set value = 5, status = 'stated' where figure_id = 'gri_305/305-5_reduced' and period = '2026-Q3';
update figure set value = case datapoint when '305-5_reduced_scope1' then 3 when '305-5_reduced_scope2' then 2 else 1 end, status = 'stated'
where datapoint like '305-5_reduced_scope%' and period = '2026-Q3';
