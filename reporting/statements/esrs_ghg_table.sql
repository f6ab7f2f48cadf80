-- title: GHG emissions: base year, comparative, milestones and targets
-- lead: The table of ESRS E1 AR 48. The base year is that of the whole year, the comparative the same months one year earlier; targets are for whole years (those that cover a part of a line stand in the table of targets alone), and the yearly change is the aimed change over the years from base year to target, as a share of the base year.
-- place: esrs_e1_set1
-- order: 5
-- columns: label=Emissions, t CO2e; base=Base year|0; before=Comparative|0; current=This period|0; change_percent=Change, %|1; goal_2025=2025|0; goal_2030=2030|0; goal_2050=2050|0; yearly_percent=Per year to the first target, % of base year|2; note=Note
with period_now as (select * from period where period = getvariable('period')),
earlier as (select p.period from period p join period_now n on p.starts + interval 1 year = n.starts and p.ends + interval 1 year = n.ends),
shown as (
    select f.figure_id, f.label, f.position, f.status, f.value, e.selection from figure f join period_now n on n.period = f.period
    join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint
    left join equal_figure e on e.figure_id = f.figure_id and e.period = f.period
    where f.framework = 'esrs_e1_set1' and f.kind = 'sum' and d.measure = 'kg_co2e' and d.biogenic = '' and d.split in ('', 'category') and f.status in ('stated', 'withheld', 'no_activity', 'provisional')
),
base as (
    select e.selection, min(b.base) as base, min(b.source) as source, count(distinct b.base) as bases
    from base_year_value b join equal_figure e on e.figure_id = b.figure_id and e.period = getvariable('period') where not b.is_proxy group by e.selection
),
aim as (
    select e.selection, min(case when t.target_period like '%2025' then t.goal end) as goal_2025, min(case when t.target_period like '%2030' then t.goal end) as goal_2030,
        min(case when t.target_period like '%2050' then t.goal end) as goal_2050, min_by(t.yearly_share, t.ends) as yearly_share
    from target_reduction t join equal_figure e on e.figure_id = t.figure and e.period = getvariable('period') where t.is_whole group by e.selection
)
select s.label, case when b.bases = 1 then b.base end as base, case when p.status in ('stated', 'no_activity') then p.value end as before, case when s.status <> 'withheld' then s.value end as current,
    case when s.status <> 'withheld' and p.status = 'stated' then exact_share(s.value - p.value, p.value) * 100 end as change_percent, a.goal_2025, a.goal_2030, a.goal_2050,
    a.yearly_share * 100 as yearly_percent,
    concat_ws('; ', case when s.status = 'withheld' then 'withheld' end, case when b.bases > 1 then 'figures that are the same by definition have different base years' else b.source end,
        case when p.figure_id is null then 'no comparative is computed' end) as note
from shown s left join base b on b.selection = s.selection left join aim a on a.selection = s.selection
left join figure p on p.figure_id = s.figure_id and p.period = (select min(period) from earlier)
order by s.position
