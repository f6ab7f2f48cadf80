-- The totals over all rows, year by year, as the pipeline states or withholds them.
select figure_id as id, period, label, status, value, unit, reason
from figure
where datapoint in ('scope1', 'scope2_location', 'scope2_market', 'scope3', 'total_location', 'total_market', 'biogenic_scope1', 'biogenic_scope2', 'biogenic_scope3')
    and (not starts_with(datapoint, 'biogenic') or value <> 0)
order by period, position
