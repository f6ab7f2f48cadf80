-- rule: base-year/market-proxy
-- severity: warning
-- stage: 72
-- of: base_year_value
-- fix: give the market-based figure of the base year, or leave the proxy, which is disclosed
-- citation: GHG Protocol Scope 2 Guidance ch. 9 (R032)
select null as source_id, null as file_no, null as row_no, figure_id as subject, 'market' as basis,
    'the base year has no market-based ' || figure_id || '; the location-based ' || plain_number(base) || ' t stand in' as message
from base_year_value where is_proxy
