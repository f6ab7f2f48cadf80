update carbon_credit set t_co2e = t_co2e + 1 where status = 'retired' and credit_id = 'FOREST-1';
