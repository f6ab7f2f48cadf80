-- Several views of one inventory side by side: what leads from the view of the first framework to every other view that the inventory declares,
-- by entity and cause, for the totals of that framework. base + the differences = other, to the last digit.
create table view_pair as
with base as (select v.* from view v join framework f on f.view = v.view order by f.position, f.framework limit 1)
select b.view as base_view, b.approach as base_approach, b.gwp_set as base_gwp_set, o.view as other_view, o.approach as other_approach, o.gwp_set as other_gwp_set
from base b join view o on o.view <> b.view;

-- What the other view's GWP set adds to its own lines: they are multiplied once more with the base view's GWP. Nothing is read where the sets are the same.
create table gwp_difference as -- of: view_pair
select e.view, e.month, e.entity, e.scope, e.scope3_category, e.iso_category, e.gas_group, e.basis, e.is_biogenic, e.energy_source, e.site, e.country, e.system, e.lifecycle_stage, e.role,
    e.hosting in ('cloud', 'api') as is_cloud, sum(e.kg_co2e - cast(cast(cast(e.quantity * e.factor as decimal(38,12)) * g.value as decimal(38,12)) * e.share as decimal(38,12))) as kg_co2e
from entry e
join (select distinct other_view, base_gwp_set from view_pair where other_gwp_set <> base_gwp_set) p on p.other_view = e.view
join gwp g on g.gwp_set = p.base_gwp_set and g.gas = e.gas and g.value <> e.gwp
where e.value_as = 'kg_gas'
group by all;

create table view_part as -- of: view_pair
with place as (
    select view, month, entity, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, site, country, system, lifecycle_stage, role, is_cloud, kg_co2e, 0 as gwp_kg
    from entry_total where view in (select base_view from view_pair union select other_view from view_pair)
    union all by name
    select * exclude (kg_co2e), 0 as kg_co2e, kg_co2e as gwp_kg from gwp_difference
)
select g.figure_id, g.period, t.view, t.entity, t.month, sum(t.kg_co2e) as kg_co2e, sum(t.gwp_kg) as gwp_kg
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join selected_entry s on s.figure_id = g.figure_id
join place t on t.month >= g.starts and t.month < g.ends
    and t.scope = s.scope and t.scope3_category = s.scope3_category and t.iso_category = s.iso_category and t.basis = s.basis and t.gas_group = s.gas_group
    and t.is_biogenic = s.is_biogenic and t.energy_source = s.energy_source and t.entity = s.entity and t.site is not distinct from s.site and t.country = s.country
    and t.system = s.system and t.lifecycle_stage = s.lifecycle_stage and t.role = s.role and t.is_cloud = s.is_cloud
where d.measure = 'kg_co2e' and d.is_total and g.split = '' and g.view = (select min(base_view) from view_pair)
group by all;

-- An error withholds the figure in every view that it damages; then there is no bridge to that view.
create table view_withheld as
select figure_id, period, view from figure_all where status = 'withheld'
union
select g.figure_id, g.period, t.view
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join damage_total t on t.month >= g.starts and t.month < g.ends
    and (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.scope3_category = '' or contains('|' || d.scope3_category || '|', '|' || t.scope3_category || '|'))
    and (d.basis = '' or t.basis in ('both', 'energy') or contains('|' || d.basis || '|', '|' || t.basis || '|'))
    and (d.role = 'any' or t.role = d.role)
where d.is_total and g.split = '' and d.measure = 'kg_co2e';

create table view_bridge as -- of: view_pair
with pair_amount as (
    select s.figure_id, s.period, p.base_view, p.other_view, p.base_approach, p.other_approach, s.entity, s.month,
        sum(case when s.view = p.base_view then s.kg_co2e else 0 end) as base_kg, sum(case when s.view = p.other_view then s.kg_co2e else 0 end) as other_kg,
        sum(case when s.view = p.other_view then s.gwp_kg else 0 end) as gwp_kg
    from view_part s join view_pair p on s.view in (p.base_view, p.other_view) group by all
),
weighed as (
    select a.*, case when base_approach = 'equity_share' or (base_approach = 'financial_control' and e.joint_financial_control) then e.ownership
            when base_approach = 'financial_control' then e.financial_control::integer else e.operational_control::integer end as base_weight,
        case when other_approach = 'equity_share' or (other_approach = 'financial_control' and e.joint_financial_control) then e.ownership
            when other_approach = 'financial_control' then e.financial_control::integer else e.operational_control::integer end as other_weight
    from pair_amount a join entity e on e.entity = a.entity and e.valid_from <= a.month and a.month < e.valid_to
),
caused as (
    select figure_id, period, base_view, other_view, entity, case when base_weight = other_weight then 'lease or franchise' when base_weight = 0 or other_weight = 0 then 'control'
            else 'ownership share' end as cause, other_kg - gwp_kg - base_kg as kg
    from weighed
    union all
    select figure_id, period, base_view, other_view, entity, 'GWP set', gwp_kg from weighed
)
select c.figure_id, c.period, c.base_view, c.other_view, c.entity, c.cause, cast(sum(c.kg) as decimal(38,12)) as kg_co2e
from caused c
anti join view_withheld w on w.figure_id = c.figure_id and w.period = c.period and w.view in (c.base_view, c.other_view)
group by all having sum(c.kg) <> 0;
