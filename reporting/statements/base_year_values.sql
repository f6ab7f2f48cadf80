-- title: Figures of the base year
-- lead: As first reported, and after the recalculations listed below. What is kept adds up with later events until it reaches the threshold. The change is given for periods of twelve months only.
-- place: annex
-- order: 51
-- columns: label=Figure; reported=First reported, t CO2e|3; base=Now, t CO2e|3; kept=Kept, t CO2e|3; current=This period, t CO2e|3; change_percent=Change, %|1; source=Source
select f.label || ' (' || b.figure_id || ')' as label, b.reported, b.base, b.kept, case when p.starts + interval 12 month = p.ends then f.value end as current,
    case when p.starts + interval 12 month = p.ends then exact_share(f.value - b.base, b.base) * 100 end as change_percent, b.source
from base_year_value b
join period p on p.period = getvariable('period')
join figure f on f.figure_id = b.figure_id and f.period = p.period
order by f.position
