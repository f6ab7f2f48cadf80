-- An instrument is a supplier-specific factor of its own: its rate prices exactly the kWh matched to it (GHG Protocol Scope 2 Guidance ch. 6).
insert into factor_set
select 'instruments', 'the company''s contractual instruments', 'instruments.csv', 'as filed', '', 'own', true, date '1900-01-01', '', 'AR6', date '9999-01-01',
    null, true, 0, null, '' where exists (from instrument);
insert into factor
select 'instruments', 'instrument.' || i.instrument_id, i.kind || ' ' || i.instrument_id, '', 'world', coalesce(i.supplier, ''), i.starts, i.ends, 'market', 'direct',
    'CO2e', cast(i.rate_kg_co2e_per_kwh as varchar), 'kg CO2e/kWh', i.rate_kg_co2e_per_kwh, 'kg_co2e', 'kWh', '', '', false, i.citation, i.row_no
from instrument i;
