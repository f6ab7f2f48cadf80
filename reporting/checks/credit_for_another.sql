-- rule: credits/retired-for-another
-- severity: error
-- stage: 5
-- of: carbon_credit
-- fix: take the row out, or correct beneficiary from the registry's notice of retirement
-- citation: ESRS E1-7 59 a; ICVCM Core Carbon Principles, no double counting
select null as source_id, null as file_no, c.row_no, 'credit:' || c.credit_id as subject, 'both' as basis,
    c.credit_id || ' was retired for "' || c.beneficiary || '", which is neither the organisation nor one of its entities' as message
from carbon_credit c anti join (select distinct lower(unnest([name, entity])) as name from entity) r on r.name = lower(c.beneficiary)
anti join setting s on s.name = 'organisation.name' and lower(s.value) = lower(c.beneficiary)
where c.status = 'retired' and c.beneficiary <> ''
