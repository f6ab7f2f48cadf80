-- Entities, sites, views and fills of a hybrid; what exists on one side alone is there from the beginning, and until the last cause is taken.
insert into entity
select n.* from given_new.entity n where 'boundary' in (from restatement.taken) or n.entity not in (select entity from given_old.entity)
union all
select o.* from given_old.entity o where case when o.entity in (select entity from given_new.entity) then 'boundary' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into site
select n.* replace (case when o.site is null or 'classification' in (from restatement.taken) then n.tenure else o.tenure end as tenure)
from given_new.site n left join given_old.site o on o.site = n.site where o.site is null or 'boundary' in (from restatement.taken)
union all
select o.* replace (case when n.site is not null and 'classification' in (from restatement.taken) then n.tenure else o.tenure end as tenure)
from given_old.site o left join given_new.site n on n.site = o.site
where case when n.site is not null then 'boundary' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into site_pue
select n.* from given_new.site_pue n where 'method' in (from restatement.taken) or n.site not in (select site from given_old.site)
union all
select o.* from given_old.site_pue o where case when o.site in (select site from given_new.site) then 'method' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into meter
select n.* from given_new.meter n where 'boundary' in (from restatement.taken) or n.meter not in (select meter from given_old.meter)
union all
select o.* from given_old.meter o where case when o.meter in (select meter from given_new.meter) then 'boundary' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into system
select n.* from given_new.system n where 'input' in (from restatement.taken) or n.system not in (select system from given_old.system)
union all
select o.* from given_old.system o where case when o.system in (select system from given_new.system) then 'input' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;

-- A view is an approach, which belongs to the boundary, and a GWP set. A framework that takes another view takes its approach first and its GWP set later.
insert into framework
select n.* replace (case when o.framework is null or 'boundary' in (from restatement.taken) then n.view else o.view end as view)
from given_new.framework n left join given_old.framework o on o.framework = n.framework where 'method' in (from restatement.taken)
union all
select o.* replace (case when n.framework is not null and 'boundary' in (from restatement.taken) then n.view else o.view end as view)
from given_old.framework o left join given_new.framework n on n.framework = o.framework where 'method' not in (from restatement.taken);
insert into view
select coalesce(n.view, o.view), case when o.view is null or (n.view is not null and 'boundary' in (from restatement.taken)) then n.approach else o.approach end,
    case when n.view is null then o.gwp_set when 'gwp' in (from restatement.taken) then n.gwp_set else coalesce(o.gwp_set, b.gwp_set, n.gwp_set) end
from given_old.view o full join given_new.view n on n.view = o.view
left join (
    select a.view, min(w.gwp_set) as gwp_set from given_new.framework a join given_old.framework c on c.framework = a.framework join given_old.view w on w.view = c.view group by a.view
) b on b.view = n.view
where n.view is not null or 'all' not in (from restatement.taken);

insert into fill
select n.* from given_new.fill n join restatement.fill_cause c on c.fill_id = n.fill_id and c.month = n.month where c.cause in (from restatement.taken)
union all
select o.* from given_old.fill o join restatement.fill_cause c on c.fill_id = o.fill_id and c.month = o.month where c.cause not in (from restatement.taken);
insert into fill_basis
select n.* from given_new.fill_basis n join restatement.fill_cause c on c.fill_id = n.fill_id and c.month = n.month where c.cause in (from restatement.taken)
union all
select o.* from given_old.fill_basis o join restatement.fill_cause c on c.fill_id = o.fill_id and c.month = o.month where c.cause not in (from restatement.taken);
