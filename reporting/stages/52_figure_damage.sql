-- Which figures an error puts in doubt: by the damaged activity's own place, or by what the source of an unplaced row covers.
create table figure_damage as
select g.figure_id, g.period, t.rule, t.damage_key
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
join damage_total t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and (d.scope = '' or contains('|' || d.scope || '|', '|' || t.scope || '|'))
    and (d.scope3_category = '' or contains('|' || d.scope3_category || '|', '|' || t.scope3_category || '|'))
    and (d.iso_category = '' or contains('|' || d.iso_category || '|', '|' || t.iso_category || '|'))
    and (d.basis = '' or t.basis in ('both', 'energy') or contains('|' || d.basis || '|', '|' || t.basis || '|'))
    and (d.energy_source = '' or contains('|' || d.energy_source || '|', '|' || t.energy_source || '|'))
    and (d.system = '' or t.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || t.lifecycle_stage || '|'))
    and (d.role = 'any' or t.role = d.role)
    and (g.split = '' or g.split = 'gas' or g.split_value = case g.split when 'category' then t.scope3_category when 'iso' then t.iso_category
        when 'entity' then t.entity when 'site' then t.site when 'country' then t.country else t.system end)
where d.kind = 'sum' and case when d.measure = 'mwh' then t.is_energy and t.basis <> 'market' and t.basis <> 'provisional' and t.rule not like 'factor/%' else t.basis <> 'energy' end
union
select g.figure_id, g.period, u.rule, u.damage_key
from figure_definition g
join unplaced_error u on (u.period_start is null or u.period_start < g.ends) and (u.period_end is null or u.period_end > g.starts)
join source_covers c on c.source_id = u.source_id and (g.figure_id = c.figure or starts_with(g.figure_id, c.figure || '/'))
where g.kind = 'sum'
union
select g.figure_id, g.period, u.rule, u.damage_key
from figure_definition g
join unplaced_error u on (u.period_start is null or u.period_start < g.ends) and (u.period_end is null or u.period_end > g.starts)
left join (select distinct source_id from source_covers) c on c.source_id = u.source_id
where g.kind = 'sum' and c.source_id is null;
