-- The views of the figures of a period.
select v.view, v.approach, v.gwp_set from view as v where v.view in (select f.view from figure as f where f.period = $period) order by v.view
