-- rule: scope2/instrument-window-part-month
-- severity: warning
-- stage: 5
-- of: instrument
-- fix: give the window in whole months; instruments are laid against consumption by month
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (4)
select null as source_id, null as file_no, row_no, 'instrument:' || instrument_id as subject, 'market' as basis,
    instrument_id || ' covers ' || starts || ' to ' || cast(ends - interval 1 day as date) || ': a month that is covered in part takes nothing from it' as message
from instrument where date_trunc('month', starts) <> starts or date_trunc('month', ends) <> ends
