delete from figure where figure_id = 'esrs_e1_set1/E1-6_scope1_gas/gas=SF6';
