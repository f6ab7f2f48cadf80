-- rule: scope2/instrument-covers-outside-view
-- severity: warning
-- stage: 27
-- of: instrument_elsewhere
-- fix: name the entity, site or meter of the instrument in instruments.csv, so that it covers what it was bought for
-- citation: docs/scope2.md, instruments and views
select null as source_id, null as file_no, i.row_no, 'instrument:' || e.instrument_id as subject, 'market' as basis,
    e.instrument_id || ' covers ' || e.kwh::decimal(38,3) || ' kWh of ' || e.entities || ', which the view ' || e.view || ' does not count in Scope 2, while ' || e.open_kwh::decimal(38,3)
        || ' kWh there that it could cover count without it' as message
from instrument_elsewhere e join instrument i on i.instrument_id = e.instrument_id
