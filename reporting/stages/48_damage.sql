-- What errors put in doubt. An error on a placed row damages the figures that the row belongs to, whatever gas
-- (an error on one derived row only those of that row); a month without data damages what the meter's
-- other months belong to; an error on a row that could not be placed damages what its source covers (52_figure_damage.sql).
create table damaged_activity as
select a.activity_id, f.rule, f.subject, a.month, case when f.basis = 'both' then a.basis else f.basis end as basis
from finding f join activity a on a.source_id = f.source_id and a.file_no = f.file_no and a.row_no = f.row_no
where f.severity = 'error' and f.row_no is not null
    and (f.subject not like 'activity:%' or f.subject = 'activity:' || a.activity_id
        or (f.rule not like 'factor/%'
            and (starts_with('activity:' || a.activity_id, f.subject || '@') or starts_with('activity:' || a.activity_id, f.subject || '~'))))
union
select a.activity_id, f.rule, f.subject, a.month, a.basis
from finding f
join interval_reading i on i.source_id = f.source_id and i.file_no = f.file_no and i.row_no = f.row_no
join activity a on a.activity_id = i.activity_id or starts_with(a.activity_id, i.activity_id || '~')
where f.severity = 'error' and f.rule not like 'factor/%'
union
-- A factor row that was refused damages what it might have priced: another factor must not take its place unseen.
select a.activity_id, f.rule, f.subject, a.month, a.basis
from finding f
join factor_row r on f.subject = concat('factor:', coalesce(r.factor_id, ''))
join activity_type t on t.priced_as = r.activity_type
join activity a on a.activity_type = t.activity_type
where f.severity = 'error' and f.source_id is null and f.rule like 'factor/%'
union
select a.activity_id, f.rule, f.subject, a.month, a.basis
from finding f
join factor_row r on f.subject = concat('factor:', coalesce(r.factor_id, ''))
join activity a on a.factor_pin = r.factor_id
where f.severity = 'error' and f.source_id is null and f.rule like 'factor/%'
union
-- A set that was edited damages what any of its rows might price.
select a.activity_id, f.rule, f.subject, a.month, a.basis
from finding f
join (select distinct set_id, activity_type from factor_row) r on f.subject = concat('set:', r.set_id)
join activity_type t on t.priced_as = r.activity_type
join activity a on a.activity_type = t.activity_type
where f.severity = 'error' and f.source_id is null and f.rule like 'factor/%'
union
-- A lock that is not kept damages everything in the months of its period.
select a.activity_id, f.rule, f.subject, a.month, a.basis
from finding f join lock_month m on f.subject = concat('lock:', m.period) join activity a on a.month = m.month
where f.severity = 'error'
union
-- A faulty instrument damages the market basis of what it might have covered, where it counts: cancelled ones in the total, all in the provisional figure.
select a.activity_id, f.rule, f.subject, a.month, b.basis
from finding f
join instrument i on f.subject = concat('instrument:', i.instrument_id)
join (select 'market' as basis union all select 'provisional') b on b.basis = 'provisional' or i.status = 'cancelled'
join region_ancestor r on r.ancestor = i.market
join activity a on a.region = r.region and i.starts <= a.month and a.month < i.ends
where f.severity = 'error' and f.rule like 'scope2/instrument%' and a.bases = 'dual' and a.role = 'inventory' and a.basis <> 'location'
union
-- A filled row is no better than the rows that it rests on; a fill that cannot be made damages what its site's other rows of the carrier belong to.
select c.activity_id, f.rule, f.subject, c.month, case when f.basis = 'both' then c.basis else f.basis end
from finding f
join activity p on p.source_id = f.source_id and p.file_no = f.file_no and p.row_no = f.row_no
join activity_parent l on l.parent_activity_id = p.activity_id
join filled_activity d on d.filled_activity_id = l.activity_id
join activity c on c.activity_id = d.activity_id
where f.severity = 'error' and f.rule not like 'factor/%'
union
select a.activity_id, case when f.recorded = '' then 'coverage/fill-without-basis' else 'coverage/fill-of-recorded-month' end,
    concat('fill:', f.fill_id, '@', substr(cast(f.month as varchar), 1, 7)), f.month, a.basis
from fill_state f
join activity_type t on t.activity_type = f.activity_type
join activity_type s on s.carrier = t.carrier and (s.carrier <> '' or s.activity_type = t.activity_type)
join activity a on a.activity_type = s.activity_type and a.site = f.site
where f.obstacle <> ''
union
select a.activity_id, 'coverage/month-missing', 'meter:' || g.meter || '@' || substr(cast(g.month as varchar), 1, 7), g.month, a.basis
from missing_month g join activity a on a.meter = g.meter;

create table damage as -- of: damaged_activity
with placed as (
    select d.rule, d.subject, d.month, k.view, a.entity, a.site, coalesce(s.country, n.country, '') as country, k.scope, k.scope3_category, k.iso_category,
        case when k.moved <> '' and d.basis = 'location' then 'both' else d.basis end as basis, k.energy_source, k.is_energy and k.moved <> 'investment' as is_energy,
        case when k.moved = 'investment' then '' else a.system end as system, a.lifecycle_stage,
        -- A line that is memo because another source is to hold it, which does not: it is the inventory that misses it.
        case when d.rule = 'coverage/covered-by-nothing' then 'inventory' else a.role end as role
    from damaged_activity d
    join activity a on a.activity_id = d.activity_id
    join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month
    left join site s on s.site = a.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
    where k.moved = '' or d.basis in ('both', 'location', 'energy')
)
select p.*, concat_ws('/', cast(p.month as varchar), p.view, p.entity, p.site, p.scope, p.scope3_category, p.iso_category, p.basis, p.energy_source,
    cast(p.is_energy as varchar), p.system, p.lifecycle_stage, p.role) as damage_key
from placed p;

create table damage_total as -- of: damaged_activity
select damage_key, month, view, entity, site, country, scope, scope3_category, iso_category, basis, energy_source, is_energy, system, lifecycle_stage, role, min(rule) as rule
from damage
group by damage_key, month, view, entity, site, country, scope, scope3_category, iso_category, basis, energy_source, is_energy, system, lifecycle_stage, role;

-- Errors whose row is in no activity: rejected rows, unknown types, unusable dates or sites, files that could not be read, meters without any data.
create table unplaced_error as
select f.rule, f.subject, f.source_id, concat_ws('/', 'row', f.source_id, cast(coalesce(f.file_no, 0) as varchar), cast(coalesce(f.row_no, 0) as varchar), f.rule, f.subject) as damage_key,
    least(min(r.period_start), min(r.period_end)) as period_start, greatest(max(r.period_end), max(r.period_start) + interval 1 day) as period_end
from finding f
left join activity_row r on r.source_id = f.source_id and r.file_no = f.file_no and r.row_no = f.row_no
left join activity a on a.source_id = f.source_id and a.file_no = f.file_no and a.row_no = f.row_no
left join (select distinct source_id, file_no, row_no from interval_reading) i on i.source_id = f.source_id and i.file_no = f.file_no and i.row_no = f.row_no
where f.severity = 'error' and f.source_id is not null and a.activity_id is null and i.source_id is null
group by f.rule, f.subject, f.source_id, concat_ws('/', 'row', f.source_id, cast(coalesce(f.file_no, 0) as varchar), cast(coalesce(f.row_no, 0) as varchar), f.rule, f.subject)
union all
select 'coverage/month-missing', 'meter:' || meter || '@' || substr(cast(month as varchar), 1, 7), '', 'meter/' || meter || '@' || substr(cast(month as varchar), 1, 7), cast(month as timestamp),
    cast(month as timestamp) + interval 1 month
from missing_month where not is_known_elsewhere
union all
select case when f.recorded = '' then 'coverage/fill-without-basis' else 'coverage/fill-of-recorded-month' end,
    concat('fill:', f.fill_id, '@', substr(cast(f.month as varchar), 1, 7)), '', concat('fill/', f.fill_id, '@', substr(cast(f.month as varchar), 1, 7)), cast(f.month as timestamp),
    cast(f.month as timestamp) + interval 1 month
from fill_state f
left join (select distinct site, activity_type from activity) k on k.site = f.site and k.activity_type = f.activity_type
where f.obstacle <> '' and k.site is null;
