-- rule: scope2/instrument-surplus
-- severity: note
-- stage: 27
-- of: instrument_claim
-- fix: no action: instruments never count beyond consumption
-- citation: GHG Protocol Scope 2 Guidance ch. 7, R030
select null as source_id, null as file_no, null as row_no, 'instrument:' || c.instrument_id as subject, 'market' as basis,
    c.instrument_id || ': ' || decimal_text(c.kwh - coalesce(sum(m.kwh), 0)) || ' of ' || decimal_text(c.kwh) || ' kWh match no consumption in ' || c.market || ' and do not count' as message
from instrument_claim c left join instrument_match m on m.claim = c.claim and m.instrument_id = c.instrument_id
where c.claim = 'market' group by c.instrument_id, c.kwh, c.market having c.kwh > coalesce(sum(m.kwh), 0)
