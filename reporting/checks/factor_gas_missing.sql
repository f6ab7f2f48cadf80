-- rule: factor/gas-missing
-- severity: error
-- stage: 7
-- of: gas_missing
-- fix: add the row of the gas as published (0 where the publisher prints 0), or say in gases_owed.csv beside the set what its table owes
-- citation: docs/tables.md
select null as source_id, null as file_no, m.row_no, 'factor:' || m.factor_id as subject, 'both' as basis,
    'factor "' || m.factor_id || '" has no row for ' || string_agg(m.gas, ', ' order by m.gas) || ', which ' || m.owed_by || ' owes' as message
from gas_missing m
group by m.row_no, m.factor_id, m.owed_by
