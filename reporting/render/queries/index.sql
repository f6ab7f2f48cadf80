-- The disclosure index of a period, framework by framework. Parameter: period.
select framework, datapoint, period, section, label, clause, kind, is_mandatory, status, place, answer, reason, figure_id
from disclosure_index where period = $period order by framework_position, framework, position
