-- rule: assurance/misstatements-material
-- severity: warning
-- stage: 83
-- of: misstatement
-- fix: correct the largest in the files they come from, and take them out of misstatements.csv
-- citation: ISO 14064-3:2019; ISSA 5000 on the evaluation of misstatements
select distinct null as source_id, null as file_no, null::bigint as row_no, 'misstatements:' || s.period || '/' || s.view || '/' || s.direction as subject, 'both' as basis,
    'uncorrected misstatements of ' || s.period || ' (' || case s.direction when 'Net' then 'net' else lower(s.direction) end || ') are ' || plain_number(s.tonnes) || ' t CO2e, materiality in view ' || s.view || ' is '
    || plain_number(s.materiality) || ' t CO2e' as message
from misstatement m join misstatement_sum s on s.period = m.period and s.scope = '' where abs(s.tonnes) >= s.materiality
