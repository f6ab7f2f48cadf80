-- rule: credits/not-identified
-- severity: warning
-- stage: 5
-- of: carbon_credit
-- fix: give retirement_id, or serial_first and serial_last, from the registry's notice of retirement
-- citation: ESRS E1-7 59 a, 61 c; ICVCM Core Carbon Principles, tracking
select null as source_id, null as file_no, row_no, 'credit:' || credit_id as subject, 'both' as basis,
    credit_id || ' was retired without a retirement_id and without serial numbers: whether it counts twice cannot be seen' as message
from carbon_credit where status = 'retired' and retirement_id = '' and serial_first is null
