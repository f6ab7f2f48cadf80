-- rule: factor/value-as
-- severity: error
-- stage: 4
-- fix: value_as is kg_gas or kg_co2e
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    'gas, boundary or value_as is missing or unknown' || '; the row is not used' as message
from factor_row f left join unit u on u.unit = f.per_unit left join region r on r.region = f.region
where coalesce(f.value_as, '') not in ('kg_gas', 'kg_co2e') or f.gas is null or f.boundary is null
