-- rule: credits/counted-twice
-- severity: error
-- stage: 5
-- of: carbon_credit
-- fix: name each credit once; where two rows share a retirement, give the serial numbers of each in serial_first and serial_last
-- citation: ESRS E1-7 59 a; ICVCM Core Carbon Principles, no double counting
select null as source_id, null as file_no, b.row_no, 'credit:' || b.credit_id as subject, 'both' as basis,
    b.credit_id || ' carries the tonnes of ' || a.credit_id || ' (row ' || a.row_no || ') a second time: ' || case when a.serial_first is not null and b.serial_first is not null
        then 'serial numbers ' || greatest(a.serial_first, b.serial_first) || ' to ' || least(a.serial_last, b.serial_last) || ' of ' || b.project
        else 'retirement "' || b.retirement_id || '"' end as message
from carbon_credit a join carbon_credit b on lower(a.registry) = lower(b.registry) and a.row_no < b.row_no
where case when a.serial_first is not null and b.serial_first is not null
    then lower(a.project) = lower(b.project) and a.vintage = b.vintage and a.serial_first <= b.serial_last and b.serial_first <= a.serial_last
    else a.retirement_id <> '' and lower(a.retirement_id) = lower(b.retirement_id) end
