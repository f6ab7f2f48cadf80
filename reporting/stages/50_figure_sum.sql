-- Figures of kind `sum` and `input`: what each datapoint is, for every period and every value of its key, and what it adds up.
-- An empty selector means any; entries with basis `both` belong to the location-based and to the market-based totals.
create table split_value as
select 'category' as split, category as value, status as disclosure, reason from scope3_category
union all select 'iso', iso_category, 'included', '' from (select distinct iso_category from activity_type where iso_category <> '') i
union all select 'gas', gas_group, 'included', '' from (select distinct gas_group from gwp where is_kyoto and gas_group <> 'CO2e') g
-- What a publisher prints without gases is a part of its own, or the gases would not add up to the total.
union all select 'gas', gas_group, 'included', '' from (select distinct gas_group from entry_total where gas_group = 'CO2e' and scope <> '') g
union all select 'entity', entity, 'included', '' from (select distinct entity from entity) e
union all select 'site', site, 'included', '' from site
union all select 'country', country, 'included', '' from (select country from site union select country from entity where country is not null) c
union all select 'system', system, 'included', '' from system
union all select 'carrier', carrier, 'included', '' from (select distinct carrier from activity_type where is_energy and bases = 'dual') c
union all select '', '', 'included', '';

create table figure_definition as
select d.framework || '/' || d.datapoint || case when d.split = '' then '' else '/' || d.split || '=' || v.value end as figure_id,
    d.framework, d.datapoint, d.split, v.value as split_value, v.disclosure, v.reason as disclosure_reason, f.view, p.period, p.starts, p.ends,
    d.kind, d.measure
from datapoint d
join framework f on f.framework = d.framework
join split_value v on v.split = d.split
join framework_period k on k.framework = d.framework
join period p on p.kind = k.kind
where d.kind <> 'text' and (d.measure <> 'kg_gas' or v.value <> 'CO2e');

-- Which entries belong to a figure: the one place where the selectors of a datapoint are read. What follows joins these tables: the sums below, the bridge between views (67), the
-- ranges (68), every trace. In every view alike; which view and months are the figure's own its definition says.
create table selected_entry as
select g.figure_id, t.scope, t.scope3_category, t.iso_category, t.basis, t.gas_group, t.is_biogenic, t.energy_source, t.entity, t.site, t.country, t.system, t.lifecycle_stage, t.role, t.is_cloud
from (select distinct figure_id, framework, datapoint, split, split_value from figure_definition where kind = 'sum') g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join (select distinct scope, scope3_category, iso_category, basis, gas_group, is_biogenic, energy_source, entity, site, country, system, lifecycle_stage, role, is_cloud from entry_total) t
    on (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.scope3_category = '' or contains('|' || d.scope3_category || '|', '|' || t.scope3_category || '|'))
    and (d.iso_category = '' or contains('|' || d.iso_category || '|', '|' || t.iso_category || '|'))
    and (d.basis = '' or t.basis = 'both' or contains('|' || d.basis || '|', '|' || t.basis || '|'))
    and (d.gas_group = '' or contains('|' || d.gas_group || '|', '|' || t.gas_group || '|'))
    and ((d.biogenic = 'only' and t.is_biogenic) or (d.biogenic = '' and not t.is_biogenic))
    and (d.energy_source = '' or contains('|' || d.energy_source || '|', '|' || t.energy_source || '|'))
    and (d.system = '' or t.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|'))
    and (d.role = 'any' or t.role = d.role)
    and (g.split = '' or g.split_value = case g.split when 'category' then t.scope3_category when 'iso' then t.iso_category when 'gas' then t.gas_group
        when 'entity' then t.entity when 'site' then t.site when 'country' then t.country else t.system end)
where d.measure in ('kg_co2e', 'kg_gas', 'kg_supplier') or (d.measure = 'kg_cloud' and t.is_cloud);

create table selected_energy as
select g.figure_id, t.scope, t.energy_source, t.entity, t.site, t.country, t.system, t.lifecycle_stage, t.role
from (select distinct figure_id, framework, datapoint, split, split_value from figure_definition where kind = 'sum') g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join (select distinct scope, energy_source, is_high_impact, entity, site, country, system, lifecycle_stage, role from energy_total) t
    on (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.energy_source = '' or contains('|' || d.energy_source || '|', '|' || t.energy_source || '|'))
    and (d.system = '' or t.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|'))
    and (d.role = 'any' or t.role = d.role)
    and (g.split = '' or g.split_value = case g.split when 'entity' then t.entity when 'site' then t.site when 'country' then t.country else t.system end)
where d.measure = 'mwh' or (d.measure = 'mwh_high_impact' and t.is_high_impact);

-- Energy by origin (mwh_mix) or by how it is bound to an instrument (mwh_binding): 49_energy_mix.sql.
create table selected_origin as -- of: energy_mix
select g.figure_id, t.scope, t.origin, t.binding, t.carrier, t.entity, t.site, t.country, t.system, t.lifecycle_stage, t.role
from (select distinct figure_id, framework, datapoint, split, split_value from figure_definition where kind = 'sum') g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join (select distinct scope, origin, binding, carrier, entity, site, country, system, lifecycle_stage, role from energy_mix) t
    on (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.energy_source = '' or contains('|' || d.energy_source || '|', '|' || case when d.measure = 'mwh_mix' then t.origin else t.binding end || '|'))
    and (d.system = '' or t.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|'))
    and (d.role = 'any' or t.role = d.role)
    and (g.split = '' or g.split_value = case g.split when 'entity' then t.entity when 'site' then t.site when 'country' then t.country when 'carrier' then t.carrier else t.system end)
where d.measure in ('mwh_mix', 'mwh_binding');

create table figure_part as
select g.figure_id, g.period, t.entries, case when g.measure = 'kg_supplier' then t.kg_supplier else t.kg_co2e end as amount, t.kg_gas, t.kg_measured, t.kg_estimated, t.kg_filled,
    t.kg_primary, t.kg_fallback, t.kg_other_gwp_set
from figure_definition g
join selected_entry s on s.figure_id = g.figure_id
join entry_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and t.scope = s.scope and t.scope3_category = s.scope3_category and t.iso_category = s.iso_category and t.basis = s.basis and t.gas_group = s.gas_group
    and t.is_biogenic = s.is_biogenic and t.energy_source = s.energy_source and t.entity = s.entity and t.site is not distinct from s.site and t.country = s.country
    and t.system = s.system and t.lifecycle_stage = s.lifecycle_stage and t.role = s.role and t.is_cloud = s.is_cloud
union all
select g.figure_id, g.period, t.entries, t.mwh, cast(null as decimal(38,12)), t.mwh_measured, t.mwh_estimated, t.mwh_filled, t.mwh_primary,
    cast(0 as decimal(38,12)), cast(0 as decimal(38,12))
from figure_definition g
join selected_energy s on s.figure_id = g.figure_id
join energy_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and t.scope = s.scope and t.energy_source = s.energy_source and t.entity = s.entity and t.site is not distinct from s.site and t.country = s.country and t.system = s.system
    and t.lifecycle_stage = s.lifecycle_stage and t.role = s.role
union all
select g.figure_id, g.period, t.entries, t.mwh, cast(null as decimal(38,12)), t.mwh_measured, t.mwh_estimated, t.mwh_filled, t.mwh_primary, cast(0 as decimal(38,12)), cast(0 as decimal(38,12))
from figure_definition g
join selected_origin s on s.figure_id = g.figure_id
join energy_mix t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and t.scope = s.scope and t.origin = s.origin and t.binding = s.binding and t.carrier = s.carrier and t.entity = s.entity and t.site is not distinct from s.site
    and t.country = s.country and t.system = s.system and t.lifecycle_stage = s.lifecycle_stage and t.role = s.role;
