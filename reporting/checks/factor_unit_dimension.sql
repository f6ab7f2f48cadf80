-- rule: factor/unit-dimension
-- severity: error
-- stage: 4
-- fix: give the factor per a unit of that dimension; fuels by energy name their calorific basis, as in kWh_hhv
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    'unit "' || f.per_unit || '" measures ' || u.dimension || ', and ' || f.activity_type || ' needs ' || replace(t.dimension, '|', ' or ') || '; the row is not used' as message
from factor_row f join unit u on u.unit = f.per_unit join activity_type t on t.activity_type = f.activity_type
where not list_contains(string_split(t.dimension, '|'), u.dimension)
