-- title: Emissions against the base year
-- lead: What the base year's emissions have become in the whole year (GRI 305-5 asks for reductions by initiatives alone: growth, weather, structure and factors are in this change too, so it is shown beside the stated reductions and is not one of them).
-- place: gri_305
-- order: 6
-- columns: label=Emissions, t CO2e; base_period=Base year; base=Base|3; current=This year|3; change=Change|3; percent=Change, %|1
with year as (select period from period where period = getvariable('period') and starts + interval 12 month = ends),
base as (
    select e.selection, min(b.base) as base from base_year_value b join equal_figure e on e.figure_id = b.figure_id and e.period = getvariable('period')
    where not b.is_proxy group by e.selection having count(distinct b.base) = 1
)
select f.label, y.period as base_period, b.base, f.value as current, f.value - b.base as change, exact_share(cast(f.value - b.base as decimal(38,12)), b.base) * 100 as percent
from figure f join year n on n.period = f.period join equal_figure e on e.figure_id = f.figure_id and e.period = f.period join base b on b.selection = e.selection cross join base_year y
where f.framework = 'gri_305' and f.key = '' and f.is_total and f.status in ('stated', 'no_activity') order by f.position
