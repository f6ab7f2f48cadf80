-- rule: scope2/instrument-is-credit
-- severity: error
-- stage: 5
-- of: carbon_credit
-- fix: take the row out of instruments.csv: a carbon credit is no energy attribute and changes no Scope 2 figure
-- citation: GHG Protocol Scope 2 Guidance ch. 6 (offsets are no contractual instruments); ESRS E1 AR 45 f
with named as (select credit_id, unnest([credit_id, retirement_id]) as name from carbon_credit)
select distinct null as source_id, null as file_no, i.row_no, 'instrument:' || i.instrument_id as subject, 'market' as basis,
    i.instrument_id || ' rests on the carbon credit ' || n.credit_id || ' (certificate "' || i.certificate || '")' as message
from named n join instrument i on lower(i.certificate) = lower(n.name) where n.name <> ''
