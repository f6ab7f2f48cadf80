-- rule: base-year/event-without-base
-- severity: error
-- stage: 72
-- of: base_year_event
-- fix: give the base figure under inputs as base_year.<figure>
-- citation: GHG Protocol Corporate Standard ch. 5 (R014)
select null as source_id, null as file_no, null as row_no, 'event:' || e.event || '/' || e.figure as subject, 'both' as basis,
    'base_year_events.csv row ' || e.row_no || ': ' || e.figure || ' has no value in the base year, so "' || e.event || '" is tested against nothing' as message
from base_year_event e join (select distinct figure_id from figure where kind = 'sum' and unit = 'tCO2e') f on f.figure_id = e.figure
left join base_figure b on b.figure_id = e.figure where b.figure_id is null
