-- fact: base_year_changes
-- place: Methodology, Events of the base year
select f.framework, p.period, 'stated' as status,
    case when e.number = 0 then 'No event that could change the base year is on record (base_year_events.csv).'
        else e.number || ' events are on record; ' || r.number || ' figures of the base year were recalculated.' end
        || case when t.number > 0 then ' ' || t.number || ' closed figures differ from what was stated; the reasons stand beside them.' else '' end as text
from framework f cross join period p cross join base_year b
cross join (select count(*) as number from base_year_event) e
cross join (select count(*) as number from base_year_value where is_recalculated) r
cross join (select count(*) as number from closed_figure where reason <> '') t
