-- rule: factor/validity
-- severity: error
-- stage: 4
-- fix: give the data year, as in 2025-01-01,2026-01-01
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    'valid_from and valid_to are not a half-open period' || '; the row is not used' as message
from factor_row f left join unit u on u.unit = f.per_unit left join region r on r.region = f.region
where coalesce(try_cast(f.valid_from as date) >= try_cast(f.valid_to as date), true)
