-- rule: scope2/instrument-windows-overlap
-- severity: error
-- stage: 27
-- fix: give instruments of one market the same window, or windows that do not touch
-- citation: GHG Protocol Scope 2 Guidance Table 7.1
select null as source_id, null as file_no, a.row_no, 'instrument:' || a.instrument_id as subject, 'market' as basis,
    'the windows of ' || a.instrument_id || ' and ' || b.instrument_id || ' in market ' || a.market || ' overlap without being the same' as message
from instrument a join instrument b on a.market = b.market and a.instrument_id < b.instrument_id and a.starts < b.ends and b.starts < a.ends
    and (a.starts <> b.starts or a.ends <> b.ends)
