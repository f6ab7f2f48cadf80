-- rule: uncertainty/factor-unreadable
-- severity: warning
-- stage: 68
-- fix: write it as "10 %" (half of the 95 % range) or "gsd95 1.2"
-- citation: IPCC 2006 Guidelines vol. 1 ch. 3
select null as source_id, null as file_no, min(row_no) as row_no, 'factor:' || factor_id as subject, 'both' as basis,
    'uncertainty "' || left(uncertainty, 40) || '" of the factor cannot be read; its lines are in no range' as message
from factor where uncertainty <> '' and half_range_of(uncertainty) is null group by factor_id, uncertainty
