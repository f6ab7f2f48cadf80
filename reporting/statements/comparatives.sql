-- title: Comparatives
-- lead: The totals beside the same period of the year before, where it was computed or is kept as a closed period, and beside the base year. A figure of another form of period is not put beside one of this.
-- place: each
-- order: 800
-- columns: label=Figure; now=This period|3; before=Same period last year|3; base=Base year|3; unit=Unit; source=Where the comparatives come from
with current as (
    select f.*, p.kind as period_kind, p.starts from figure f join period p on p.period = f.period
    where f.framework = getvariable('framework') and f.period = getvariable('period') and f.is_total
),
earlier as (
    select c.figure_id, f.value, 'computed (' || p.period || ')' as source from current c
    join period p on p.kind = c.period_kind and p.starts = c.starts - interval 12 month join figure f on f.figure_id = c.figure_id and f.period = p.period and f.status in ('stated', 'no_activity')
    union all
    select c.figure_id, k.value, 'as stated (' || k.period || ', ' || k.source || ')' from current c
    join closed_figure k on k.figure = c.figure_id and k.year_starts <= c.starts - interval 12 month and k.year_ends > c.starts - interval 12 month
        and replace(k.period, cast(year(c.starts) - 1 as varchar), '') = replace(c.period, cast(year(c.starts) as varchar), '')
    anti join (select p.starts, p.kind from period p) q on q.kind = c.period_kind and q.starts = c.starts - interval 12 month
),
based as (
    select b.figure_id, b.base, case when b.is_proxy then 'proxy: location-based' else b.source end as source from base_year_value b cross join period p cross join base_year y
    where p.period = getvariable('period') and p.kind = 'year'
)
select c.label, case when c.status in ('stated', 'no_activity', 'provisional') then c.value end as now, e.value as before, b.base, c.unit,
    concat_ws('; ', e.source, case when b.base is not null then 'base year: ' || b.source end) as source, c.position
from current c left join earlier e on e.figure_id = c.figure_id left join based b on b.figure_id = c.figure_id
where e.value is not null or b.base is not null
order by c.position
