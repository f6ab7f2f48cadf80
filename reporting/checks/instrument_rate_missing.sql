-- rule: scope2/instrument-rate-missing
-- severity: error
-- stage: 5
-- of: instrument
-- fix: give rate_kg_co2e_per_kwh, the direct emission rate that the instrument conveys (0 is a rate)
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (1), R023
select null as source_id, null as file_no, row_no, 'instrument:' || instrument_id as subject, 'market' as basis,
    instrument_id || ' conveys no emission rate' as message
from instrument where rate_kg_co2e_per_kwh is null
