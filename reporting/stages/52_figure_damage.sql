-- Which figures an error puts in doubt: by the damaged activity's own place, or by what the source of an unplaced row covers.
-- What a covered figure reaches: totals that contain it and breakdowns of it, in every framework; a system's figures only where they are named themselves.
create table figure_reach as
select distinct g.figure_id, (d.scope = '' and d.iso_category = '') or contains(d.scope, '1') or contains(d.iso_category, '1') as has_scope1,
    (d.scope = '' and d.iso_category = '') or contains(d.scope, '2') or contains(d.iso_category, '2') as has_scope2,
    (d.scope = '' and d.iso_category = '') or contains(d.scope, '3') or contains(d.iso_category, '3') or contains(d.iso_category, '4') or contains(d.iso_category, '5')
        or contains(d.iso_category, '6') as has_scope3,
    case when g.split = 'category' then g.split_value else d.scope3_category end as category, d.system <> '' as is_of_a_system
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
where g.kind = 'sum';

create table covered_figure as -- of: source_covers
select distinct s.source_id, r.figure_id
from source_covers s
join figure_reach c on c.figure_id = s.figure or starts_with(c.figure_id, concat(s.figure, '/'))
join figure_reach r on r.is_of_a_system = c.is_of_a_system and (r.category = '' or c.category = ''
        or contains('|' || r.category || '|', '|' || c.category || '|') or contains('|' || c.category || '|', '|' || r.category || '|'))
    and (((r.has_scope1 or not c.has_scope1) and (r.has_scope2 or not c.has_scope2) and (r.has_scope3 or not c.has_scope3))
        or ((c.has_scope1 or not r.has_scope1) and (c.has_scope2 or not r.has_scope2) and (c.has_scope3 or not r.has_scope3)));

create table figure_damage as
select g.figure_id, g.period, t.rule, t.damage_key
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join damage_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.scope3_category = '' or contains('|' || d.scope3_category || '|', '|' || t.scope3_category || '|'))
    and (d.iso_category = '' or contains('|' || d.iso_category || '|', '|' || t.iso_category || '|'))
    and (d.basis = '' or t.basis in ('both', 'energy') or contains('|' || d.basis || '|', '|' || t.basis || '|'))
    and (d.energy_source = '' or d.measure = 'mwh_binding' or contains('|' || d.energy_source || '|', '|' || t.energy_source || '|')
        or (d.measure = 'mwh_mix' and contains(d.energy_source, case t.energy_source when 'mixed' then 'purchased_' when 'renewable' then '_renewable' else 'fuel_' end)))
    and (d.system = '' or t.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|'))
    and (d.role = 'any' or t.role = d.role)
    and (g.split in ('', 'gas', 'carrier') or g.split_value = case g.split when 'category' then t.scope3_category when 'iso' then t.iso_category
        when 'entity' then t.entity when 'site' then t.site when 'country' then t.country else t.system end)
where d.kind = 'sum' and case when d.measure in ('mwh', 'mwh_high_impact') then t.is_energy and t.basis <> 'market' and t.basis <> 'provisional' and t.rule not like 'factor/%'
    when d.measure in ('mwh_mix', 'mwh_binding') then t.is_energy and t.basis <> 'provisional' and t.rule not like 'factor/%' else t.basis <> 'energy' end
union
-- Whether the energy of an entity without a NACE code is that of a high climate impact sector is not known.
select g.figure_id, g.period, 'energy/sector-not-known', 'sector/' || t.entity
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join energy_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends and (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|')) and (d.role = 'any' or t.role = d.role)
join entity_sector s on s.entity = t.entity and s.is_high_impact is null
where d.kind = 'sum' and d.measure = 'mwh_high_impact'
union
-- A faulty carbon credit withholds what the register answers, in every period in which the company had the credit.
select g.figure_id, g.period, f.rule, f.subject
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join input i on i.name = d.input and i.period = g.period and i.key = '' and starts_with(i.source, 'carbon_credits.csv')
join carbon_credit c on c.acquired_on < g.ends
join finding f on f.subject = concat('credit:', c.credit_id) and f.severity = 'error'
where d.kind = 'input'
union
-- Software has no score without the embodied emissions of its hardware: a row of 0 says that there are none to count.
select g.figure_id, g.period, 'sci/embodied-missing', 'system:' || g.split_value || '@' || g.period
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join entry_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends and t.system = g.split_value and contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|')
where d.kind = 'sum' and d.measure = 'kg_co2e' and g.split = 'system' and contains(d.lifecycle_stage, 'embodied')
group by g.figure_id, g.period, g.split_value
having sum(case when t.lifecycle_stage in ('embodied', 'embodied_training') then 1 else 0 end) = 0
union
-- Energy whose origin is not known withholds whatever it might belong to.
select g.figure_id, g.period, 'energy/origin-not-known', 'energy/' || t.evidence
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join energy_mix t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|')) and contains('|' || d.energy_source || '|', '|' || t.origin || '|')
    and (d.role = 'any' or t.role = d.role)
    and (g.split = '' or g.split_value = case g.split when 'entity' then t.entity when 'site' then t.site when 'country' then t.country when 'carrier' then t.carrier else t.system end)
where d.kind = 'sum' and d.measure = 'mwh_mix' and t.origin in ('purchased_not_known', 'purchased_not_renewable')
union
select g.figure_id, g.period, u.rule, u.damage_key
from figure_definition g
join unplaced_error u on (u.period_start is null or u.period_start < g.ends) and (u.period_end is null or u.period_end > g.starts)
join covered_figure c on c.source_id = u.source_id and c.figure_id = g.figure_id
union
select g.figure_id, g.period, u.rule, u.damage_key
from figure_definition g
join unplaced_error u on (u.period_start is null or u.period_start < g.ends) and (u.period_end is null or u.period_end > g.starts)
left join (select distinct source_id from source_covers) c on c.source_id = u.source_id
where g.kind = 'sum' and c.source_id is null;
