-- rule: hourly/mix-factor-elsewhere
-- severity: warning
-- stage: 63
-- of: hourly_mix
-- fix: state factors of the region's own plants, cited, in mix_factors of the series
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:' || m.series as subject, 'both' as basis,
    'generation in ' || s.key || ' is priced by factors of plants elsewhere: ' || string_agg(m.fuel || ' ' || decimal_text(m.g_per_kwh) || ' g/kWh of ' || m.region, ', ' order by m.fuel) as message
from hourly_mix m join hourly_series s using (series) where m.origin = 'stand-in' and m.g_per_kwh > 0 group by m.series, s.key
