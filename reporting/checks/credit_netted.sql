-- rule: credits/netted
-- severity: error
-- stage: 29
-- of: carbon_credit
-- fix: take the row out of the activity data: gross emissions stay gross, the register tells of the credit
-- citation: ESRS E1 44, AR 43 d; GHG Protocol Corporate Standard ch. 8 and 9; R006
with named as (select credit_id, unnest([credit_id, retirement_id]) as name from carbon_credit)
select distinct a.source_id, a.file_no, a.row_no, 'credit:' || n.credit_id as subject, 'both' as basis,
    'the row rests on the carbon credit ' || n.credit_id || ' (evidence "' || a.evidence || '"), so that emissions would be net of it' as message
from named n join activity a on lower(a.evidence) = lower(n.name) where n.name <> '' and a.role = 'inventory'
