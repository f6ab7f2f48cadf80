-- rule: hourly/instrument-not-cancelled
-- severity: note
-- stage: 64
-- of: hourly_series
-- fix: no action: its hours count when it is cancelled
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (3), R025
select null as source_id, null as file_no, null as row_no, 'hourly:' || s.series as subject, 'both' as basis, s.key || ' is ' || i.status || ', not cancelled: its generation covers no hour' as message
from hourly_series s join instrument i on s.role = 'generation' and i.instrument_id = s.key where i.status <> 'cancelled'
