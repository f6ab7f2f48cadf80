-- The totals of a period, as a terminal shows them. Parameter: period.
select figure_id as figure, label, unit, status,
    case when status in ('stated', 'provisional') then format_stated(stated, decimals) else replace(status, '_', ' ') end as stated
from figure where period = $period and is_total order by position
