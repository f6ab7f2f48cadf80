delete from base_year_value where figure_id = 'ghg_protocol/scope1';
