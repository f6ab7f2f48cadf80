update figure set value = value + 1 where figure_id = 'esrs_e1_set1/E1-6_scope2_location_entity/entity=meridian-inc' and period = '2026-Q3';
