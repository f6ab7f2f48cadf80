-- Targets figure by figure, gross: what the base year is, what is to be reached and by how much that is less (ESRS E1 34 a to d). Targets of several figures are for their sum and
-- are left to 74_target.sql. A base year that nobody gives leaves a target without tonnes. Where a target covers a part of its figure, base and goal in tonnes are of that
-- part (covered_base, goal), the shares of the whole base year.
create table target_reduction as -- of: target
with single as (select target from target group by target having count(*) = 1),
aimed as (
    select t.target, t.period as target_period, t.ends, t.figure, t.source, t.coverage, t.reduction, t.value, d.scope, d.scope3_category, d.basis, y.period as base_period, b.base,
        case when t.coverage is null or t.coverage = 1 then b.base else cast(b.base * t.coverage as decimal(38,12)) end as covered_base, year(t.ends) - year(y.ends) as years
    from target t join single s on s.target = t.target
    join (select distinct figure_id, framework, datapoint, key from figure) f on f.figure_id = t.figure and f.key = ''
    join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint and d.measure = 'kg_co2e' and d.biogenic = '' and d.gas_group = '' and d.iso_category = '' and d.system = ''
    cross join base_year y
    join base_year_value b on b.figure_id = t.figure
),
aim as (select a.*, coalesce(value, cast(covered_base - cast(covered_base * reduction as decimal(38,12)) as decimal(38,12))) as goal from aimed a)
select a.* exclude (reduction, value), coalesce(coverage, 1) = 1 as is_whole, cast(covered_base - goal as decimal(38,12)) as reduction_t,
    exact_share(cast(covered_base - goal as decimal(38,12)), base) as reduction_share,
    case when years > 0 then exact_share(exact_share(cast(goal - covered_base as decimal(38,12)), base), cast(years as decimal(38,12))) end as yearly_share
from aim a;

-- Figures that select the same lines in the same view, whatever the framework: what is equal by definition. The base year of one is that of the other.
create table equal_figure as
with selection as (
    select f.figure_id, f.period, f.value, f.status, f.stated, f.decimals, w.framework, w.position as framework_position, w.view,
        md5(concat_ws('|', w.view, d.measure, d.scope, d.scope3_category, d.iso_category, d.basis, d.gas_group, d.biogenic, d.energy_source, d.system, d.lifecycle_stage, d.role, d.factor, f.key)) as selection
    from figure f join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint join framework w on w.framework = f.framework where f.kind = 'sum'
)
select s.*, row_number() over (partition by selection, period order by framework_position, figure_id) as rank from selection s;
