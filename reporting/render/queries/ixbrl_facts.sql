-- What is tagged of one framework and period: figures of the period and of its comparative, base year, targets. Grain: fact.
-- Variables: framework, taxonomy (path of taxonomy.csv), period, comparative ('' none), currency. A row of the mapping with key `name=*` fits what no other row names.
with mapping as (
    select datapoint, coalesce(key, '') as key, "of", replace(coalesce(figure_unit, ''), 'CURRENCY', getvariable('currency')) as figure_unit, element,
        replace(coalesce(unit, ''), 'CURRENCY', getvariable('currency')) as unit, cast(coalesce(scale, '0') as integer) as scale, coalesce(dimensions, '') as dimensions, row_no
    from (select *, row_number() over () as row_no from read_csv(getvariable('taxonomy'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = ''))
),
shown as (
    select f.*, p.starts, p.ends, p.period = getvariable('period') as is_current from figure f join period p using (period)
    where f.framework = getvariable('framework') and f.period in (getvariable('period'), getvariable('comparative'))
),
-- Figures that select the same lines in the same view share their base year and their targets (75_target_reduction.sql).
chosen as (
    select f.figure_id, f.datapoint, f.key, f.section, f.label, f.decimals, f.unit, f.position, e.selection from shown f
    join equal_figure e on e.figure_id = f.figure_id and e.period = f.period where f.is_current
),
base as (
    select e.selection, min(b.base) as base, count(distinct b.base) as bases from base_year_value b join equal_figure e on e.figure_id = b.figure_id and e.period = getvariable('period')
    where not b.is_proxy group by e.selection
),
aim as (
    select e.selection, t.target_period, t.ends, min(t.goal) as goal, min(t.reduction_t) as reduction_t, min(t.reduction_share) as reduction_share, count(distinct t.goal) as goals
    from target_reduction t join equal_figure e on e.figure_id = t.figure and e.period = getvariable('period') where t.is_whole group by all
),
said as (
    select 'figure' as "of", figure_id, datapoint, key, period as at, starts, ends, section, label, status, stated, unit, decimals, reason, position from shown
    union all
    select 'base_year', c.figure_id, c.datapoint, c.key, y.period, y.starts, y.ends, c.section, c.label, case when b.bases = 1 then 'stated' else 'withheld' end,
        case when b.bases = 1 then stated_value(b.base, c.decimals) end, c.unit, c.decimals,
        case when b.bases = 1 then '' else 'figures that are the same by definition have different base years' end, c.position
    from chosen c join base b using (selection) cross join base_year y
    union all
    select t.kind, c.figure_id, c.datapoint, 'year=' || year(a.ends - interval 1 day), a.target_period, cast(a.ends - interval 1 year as date), a.ends, c.section, c.label,
        case when a.goals = 1 then 'stated' else 'withheld' end,
        case when a.goals = 1 then case t.kind when 'target' then stated_value(a.goal, c.decimals) when 'target_reduction' then stated_value(a.reduction_t, c.decimals)
            else stated_value(a.reduction_share * 100, 1) end end,
        case t.kind when 'target_percent' then '%' else c.unit end, case t.kind when 'target_percent' then 1 else c.decimals end,
        case when a.goals = 1 then '' else 'targets of the same year differ' end, c.position
    from chosen c join aim a using (selection) cross join (select unnest(['target', 'target_reduction', 'target_percent']) as kind) t where c.key = ''
)
select s."of", s.figure_id, s.datapoint, s.key, s.at as period, s.starts, s.ends, s.section, s.label, s.status, s.stated, s.unit as figure_unit, s.decimals, s.reason,
    m.figure_unit as mapped_unit, m.element, m.unit, m.scale, replace(m.dimensions, '*', split_part(s.key, '=', 2)) as dimensions
from said s
join mapping m on m.datapoint = s.datapoint and m."of" = s."of"
    and (m.key = s.key or (m.key = split_part(s.key, '=', 1) || '=*' and not exists (select 1 from mapping n where n.datapoint = s.datapoint and n."of" = s."of" and n.key = s.key)))
order by s.position, s."of", s.ends, s.at, m.row_no
