update figure set value = value + 1 where figure_id = 'cdp/scope1_by_country/country=US' and period = '2026-Q3';
