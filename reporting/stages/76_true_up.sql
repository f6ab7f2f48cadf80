-- Closed periods: what was reported, what the ledger holds now, and the difference. Within the year it is a true-up of the period that reports it, a line of its own and in no
-- intensity; after the year's end the comparative is revised, with the difference and its reason.
create table true_up as -- of: closed_figure
with later as (
    select c.*, p.starts as closed_starts, p.ends as closed_ends, r.period as reported_in, r.starts as reported_starts, r.position,
        case when r.ends <= c.year_ends then 'true-up' else 'comparative revised' end as treatment
    from closed_figure c
    join period p on p.period = c.period
    join period r on r.starts >= p.ends
),
earlier as (
    select l.period, l.figure, l.reported_in, coalesce(sum(t.value) filter (where t.starts < l.reported_starts), 0) as before_it,
        sum(t.value) filter (where t.period = l.reported_in) as stated
    from later l left join trued_up t on t.closed_period = l.period and t.figure = l.figure group by all
),
accrual as (
    select l.period, count(distinct a.activity_id) as accruals, string_agg(distinct p.activity_id || ' for ' || a.activity_id, ', ' order by p.activity_id || ' for ' || a.activity_id) as causes
    from (select distinct period, closed_starts, closed_ends from later) l
    join activity_row a on a.read_status = 'accrued' and a.period_start < l.closed_ends and a.period_end > l.closed_starts
    join replacement p on p.replaced_activity_id = a.activity_id group by all
)
select l.period as closed_period, l.figure, l.reported_in, l.position, l.treatment, f.status, l.value as closed_value, cast(e.before_it as decimal(38,12)) as trued_up_before,
    cast(case when e.stated is not null then e.stated when l.treatment = 'true-up' then f.value - l.value - e.before_it else f.value - l.value end as decimal(38,12)) as difference, f.value as restated,
    coalesce(a.accruals, 0) as accruals, coalesce(a.causes, '') as causes, l.reason, l.source,
    e.stated is not null as is_declared
from later l
join figure f on f.figure_id = l.figure and f.period = l.period
join earlier e on e.period = l.period and e.figure = l.figure and e.reported_in = l.reported_in
left join accrual a on a.period = l.period;
