-- rule: factor/value
-- severity: error
-- stage: 4
-- fix: copy the published cell
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    'value "' || coalesce(f.value, '') || '" is not a number, or published_value is missing' || '; the row is not used' as message
from factor_row f left join unit u on u.unit = f.per_unit left join region r on r.region = f.region
where try_cast(f.value as decimal(38,14)) is null or f.published_value is null
