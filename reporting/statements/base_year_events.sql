-- title: Events tested against the recalculation policy
-- lead: Each event of base_year_events.csv with the arithmetic of its decision.
-- place: annex
-- order: 52
-- columns: date=Date; event=Event; kind=Kind; figure=Figure; t_co2e=Change of the base year, t CO2e|3; decision=Decision; reason=Reason; stated_by=By
select strftime(date, '%Y-%m-%d') as date, event, label as kind, figure_id as figure, t_co2e, decision, reason, stated_by
from base_year_step order by base_year_step.date, row_no
