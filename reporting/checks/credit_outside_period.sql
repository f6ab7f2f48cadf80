-- rule: credits/retired-outside-period
-- severity: error
-- stage: 5
-- of: carbon_credit
-- fix: claim the credit for the period in which it was retired, or leave claimed_for empty
-- citation: ESRS E1-7 59 a: credits cancelled in the reporting period
select null as source_id, null as file_no, row_no, 'credit:' || credit_id as subject, 'both' as basis,
    credit_id || ' is claimed for ' || claimed_for || ' (' || claimed_starts || ' to ' || cast(claimed_ends - interval 1 day as date) || ') and was '
        || case when retired_on is null then 'not retired' else 'retired on ' || retired_on end as message
from carbon_credit where claimed_for <> '' and (retired_on is null or retired_on < claimed_starts or retired_on >= claimed_ends)
