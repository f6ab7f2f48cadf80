-- The base year (GHG Protocol Corporate Standard ch. 5): what each figure was, which events recalculate it, and what it is now.
-- Given under inputs, out of the stored inventory of that year, or computed from activity data; a market-based base that nobody gives takes the location-based one.
create table base_figure as -- of: base_year
with given as (
    select substr(i.name, 11) as figure_id, i.value, i.source from input i join base_year b on b.period = i.period where starts_with(i.name, 'base_year.') and i.key = ''
),
computed as (
    select f.figure_id, f.value from figure f join base_year b on b.period = f.period where f.kind = 'sum' and f.unit = 'tCO2e' and f.status in ('stated', 'no_activity')
)
select distinct f.figure_id, coalesce(g.value, c.value) as base, coalesce(g.source, 'activity data of ' || b.period) as source, case when g.value is not null then c.value end as computed
from (select distinct figure_id from figure where kind = 'sum' and unit = 'tCO2e') f
cross join base_year b
left join given g on g.figure_id = f.figure_id
left join computed c on c.figure_id = f.figure_id
where g.value is not null or c.value is not null;

create macro plain_number(value) as case when contains(cast(value as varchar), '.') then rtrim(rtrim(cast(value as varchar), '0'), '.') else cast(value as varchar) end;

-- Events in order of their date. What stays below the threshold is kept and adds up; once the sum or one event reaches it, all that is kept is applied.
-- Organic growth and what did not exist in the base year never count (is_trigger).
create table base_year_step as -- of: base_year
with recursive event as (
    select e.*, k.is_trigger, k.label, row_number() over (partition by e.figure order by e.date, e.row_no) as n from base_year_event e join base_year_event_kind k on k.kind = e.kind
),
step as (
    select figure_id, 0::bigint as n, 0::bigint as row_no, cast(0 as decimal(38,12)) as t_co2e, base as base_before, base as base_after, cast(0 as decimal(38,12)) as kept_before,
        cast(0 as decimal(38,12)) as kept_after, false as is_recalculated
    from base_figure
    union all
    select figure_id, n, row_no, t_co2e, base_before, case when is_recalculated then base_before + kept_before + t_co2e else base_before end,
        kept_before, case when is_recalculated then 0 when is_trigger then kept_before + t_co2e else kept_before end, is_recalculated
    from (
        select s.figure_id, e.n, e.row_no, e.t_co2e, s.base_after as base_before, s.kept_after as kept_before, e.is_trigger,
            e.is_trigger and greatest(abs(e.t_co2e), abs(s.kept_after + e.t_co2e)) >= abs(s.base_after) * y.threshold and e.t_co2e <> 0 as is_recalculated
        from step s join event e on e.figure = s.figure_id and e.n = s.n + 1 cross join base_year y
    )
)
select s.figure_id, s.n, e.event, e.date, e.kind, e.label, e.reason, e.stated_by, e.row_no, e.is_trigger, s.t_co2e, s.base_before, s.kept_before, s.base_after, s.kept_after,
    s.is_recalculated, case when not e.is_trigger then lower(e.label) || ' never recalculates the base year'
        else 'kept ' || plain_number(s.kept_before) || ' + ' || plain_number(s.t_co2e) || ' = ' || plain_number(s.kept_before + s.t_co2e) || ' t against '
            || plain_number(y.threshold * 100) || ' % of ' || plain_number(s.base_before) || ' = ' || plain_number(s.base_before * y.threshold) || ' t: '
            || case when s.is_recalculated then 'recalculated to ' || plain_number(s.base_after) || ' t' else 'below, kept and added to later ones' end end as decision
from step s join event e on e.figure = s.figure_id and e.n = s.n cross join base_year y;

create table base_year_value as -- of: base_year
with last_step as (
    select figure_id, arg_max(base_after, n) as base, arg_max(kept_after, n) as kept, bool_or(is_recalculated) as is_recalculated from base_year_step group by figure_id
),
known as (
    select b.figure_id, b.base as reported, coalesce(l.base, b.base) as base, coalesce(l.kept, 0) as kept, coalesce(l.is_recalculated, false) as is_recalculated, b.source, b.computed
    from base_figure b left join last_step l on l.figure_id = b.figure_id
),
-- The market-based figure beside each location-based one: the same datapoint but for its basis.
pair as (
    select distinct l.figure_id as location_id, m.figure_id as market_id
    from figure l join datapoint d on d.framework = l.framework and d.datapoint = l.datapoint and d.basis = 'location' and d.kind = 'sum'
    join datapoint e on e.framework = d.framework and e.basis = 'market' and e.kind = 'sum' and e.measure = d.measure and e.scope = d.scope
        and e.scope3_category = d.scope3_category and e.iso_category = d.iso_category and e.gas_group = d.gas_group and e.biogenic = d.biogenic
        and e.energy_source = d.energy_source and e.split = d.split and e.system = d.system and e.lifecycle_stage = d.lifecycle_stage
    join figure m on m.framework = e.framework and m.datapoint = e.datapoint and m.key = l.key
)
select figure_id, reported, base, kept, is_recalculated, source, computed, false as is_proxy from known
union all
select p.market_id, k.reported, k.base, k.kept, k.is_recalculated, 'proxy: the location-based base year, ' || k.source, null, true
from pair p join known k on k.figure_id = p.location_id anti join known m on m.figure_id = p.market_id;
