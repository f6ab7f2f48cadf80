-- The frameworks that have figures in the period, with approach and GWP set of their view.
select framework.framework, framework.title, framework.edition, framework.view, view.approach, view.gwp_set, framework.note
from framework
join view on view.view = framework.view
where framework.framework in (select figure.framework from figure where figure.period = $period)
order by framework.position, framework.framework
