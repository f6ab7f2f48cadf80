-- rule: inventory/figure-unknown
-- severity: error
-- stage: 72
-- fix: use the id of a figure in tonnes as figures.json prints it
-- citation: docs/base_year.md
with declared as (
    select 'base_year_events.csv row ' || row_no as place, figure from base_year_event
    union all select 'inputs, ' || name, substr(name, 11) from input where starts_with(name, 'base_year.')
    union all select 'targets, ' || target, figure from target
    union all select 'closed, ' || period, figure from closed_figure
    union all select 'closed, ' || closed_period || ', trued_up, ' || period, figure from trued_up
    union all select 'explanations', figure from explanation
),
known as (select distinct figure_id from figure where kind = 'sum')
select null as source_id, null as file_no, null as row_no, 'figure:' || d.figure as subject, 'both' as basis, d.place || ': there is no figure "' || d.figure || '"' as message
from declared d
left join known f on f.figure_id = d.figure
left join known_framework w on w.framework = split_part(d.figure, '/', 1)
left join framework c on c.framework = w.framework
where f.figure_id is null and (w.framework is null or c.framework is not null)
