update figure set value = value + 5 where figure_id = 'gri_302/302-1_fuel_non_renewable' and period = '2026-Q3';
