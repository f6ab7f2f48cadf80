-- rule: intake/unit-dimension
-- severity: error
-- stage: 21
-- cell: unit
-- fix: give the quantity in a unit of that dimension; fuels by energy name their calorific basis, as in kWh_hhv
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'unit "' || a.unit || '" measures ' || a.dimension || ', and ' || a.activity_type || ' needs ' || replace(t.dimension, '|', ' or ') as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no join activity_type t on t.activity_type = a.activity_type where a.unit is not null and not list_contains(string_split(t.dimension, '|'), a.dimension) and not a.is_none
