-- rule: factor/unit
-- severity: error
-- stage: 4
-- fix: use a unit of factors/units.csv
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    case when u.unit is null then 'unknown unit "' || coalesce(f.per_unit, '') || '"' else f.per_unit || ' has no price year, as in ' || f.per_unit || '@2022' end
        || '; the row is not used' as message
from factor_row f left join unit u on u.unit = f.per_unit left join region r on r.region = f.region
where u.unit is null or f.per_unit in (select currency from deflator)
