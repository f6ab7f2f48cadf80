-- Who counts: a better-ranked source of the same coverage and month makes the others memo (meter, vendor, tracker, estimate, spend, unless `roles` of inventory.yaml
-- decides otherwise); an actual row makes the accrual of the same source or rank memo; an actual read takes the place of the estimate it replaces.
-- Then the gaps that the user fills: each a row with the rows that it rests on in activity_parent.
create table activity_counted as
with ranked as (
    select a.*, case when o.source_id = a.source_id then 0 when rank = 'meter' then 1 when rank = 'vendor' then 2 when rank = 'tracker' then 3
            when rank = 'estimate' then 4 else 5 end as source_rank, o.reason || ' (' || o.stated_by || ')' as choice_reason,
        coalesce(h.scope, a.type_scope) as scope_text, coalesce(h.bases, a.type_bases) as bases
    from activity_month a
    join activity_type t using (activity_type)
    left join hosting_rule h on h.carrier = t.carrier and h.hosting = a.hosting and t.scope <> ''
    left join role_choice o on o.coverage = a.coverage and o.starts <= date_trunc('month', a.month)::date and date_trunc('month', a.month)::date < o.ends
),
-- By calendar month: `month` may be the day in it on which the interest in the entity changed.
best as (select coverage, date_trunc('month', month)::date as calendar_month, min(source_rank) as best_rank,
        arg_min(source_id, (source_rank, read_status = 'accrued', source_id)) as best_source
    from ranked where coverage <> '' and quantity is not null and given_role is null and scope_text <> '' group by all),
-- An accrual is over when what it stood for has come: an actual row of the same coverage and rank that holds its whole time.
settled as (
    select distinct a.activity_id from ranked a join ranked b on b.coverage = a.coverage and b.source_rank = a.source_rank
        and b.period_start <= a.period_start and b.period_end >= a.period_end
    where a.read_status = 'accrued' and b.read_status = 'actual' and a.coverage <> '' and b.quantity is not null and b.given_role is null
),
replaced as (
    select distinct p.replaced_activity_id as row_activity_id from replacement p join ranked a on a.row_activity_id = p.activity_id
    anti join replacement_fault f on f.replaced_activity_id = p.replaced_activity_id
    where a.quantity >= 0  -- a negative row takes back what it names: both count
),
-- A row that a better source of the same system covers does not enter the system's figures a second time.
covered_system as (
    select distinct r.coverage, r.month, r.system from ranked r join best b on b.coverage = r.coverage and b.calendar_month = date_trunc('month', r.month)::date and b.best_rank = r.source_rank where r.system <> ''
)
select r.* exclude (source_rank, scope_text, system, given_role, memo_reason, choice_reason), case when b.best_rank < r.source_rank and y.system is not null then '' else r.system end as system,
    case when r.scope_text = '' or r.given_role is not null or b.best_rank < r.source_rank or d.activity_id is not null then 'memo' else 'inventory' end as role,
    case when r.given_role is not null then r.memo_reason when r.scope_text = '' then '' when b.best_rank < r.source_rank
            then 'covered by ' || b.best_source || coalesce(': ' || r.choice_reason, '')
        when d.activity_id is not null then 'accrual, the actual row has come' else '' end as memo_reason,
    p.row_activity_id is null as counts, '' as filled_from
from ranked r
left join best b on b.coverage = r.coverage and b.calendar_month = date_trunc('month', r.month)::date
left join covered_system y on y.coverage = r.coverage and y.month = r.month and y.system = r.system
left join replaced p on p.row_activity_id = r.row_activity_id
left join settled d on d.activity_id = r.activity_id;

create table fill_basis_row as -- of: fill_basis
select f.fill_id, f.month as fill_month, f.method, f.site as fill_site, f.meter as fill_meter, b.basis_site, b.basis_month, a.*
from fill_basis b
join fill f on f.fill_id = b.fill_id and f.month = b.month
join activity_counted a on a.activity_type = f.activity_type and a.site = b.basis_site and date_trunc('month', a.month)::date = b.basis_month and (f.meter = '' or b.basis_site <> f.site or a.meter = f.meter)
where a.counts and a.role = 'inventory';

-- Why a declared fill cannot be made ('' where it can): it is never made halfway, and never where there are data.
create table fill_state as -- of: fill
with cell as (
    select f.fill_id, f.month, b.basis_site, b.basis_month, count(r.activity_id) as found, count(r.activity_id) - count(r.quantity) as unusable,
        coalesce(sum(epoch(r.period_end - r.period_start)::hugeint), 0) as seconds
    from fill f join fill_basis b on b.fill_id = f.fill_id and b.month = f.month
    left join fill_basis_row r on r.fill_id = b.fill_id and r.fill_month = b.month and r.basis_site = b.basis_site and r.basis_month = b.basis_month group by all
),
worst as (
    select c.fill_id, c.month, min(c.basis_site || ' in ' || strftime(c.basis_month, '%Y-%m')) filter (where c.found = 0) as empty,
        min(c.basis_site || ' in ' || strftime(c.basis_month, '%Y-%m')) filter (where c.unusable > 0) as unusable,
        min(c.basis_site || ' in ' || strftime(c.basis_month, '%Y-%m')) filter (where f.meter <> '' and c.basis_site = f.site
            and c.seconds <> epoch(c.basis_month + interval 1 month - c.basis_month::timestamp)::hugeint) as partial
    from cell c join fill f on f.fill_id = c.fill_id and f.month = c.month group by all
),
kind as (
    select fill_id, fill_month as month, count(distinct concat_ws(chr(31), dimension, hosting, measurement_point, case when method like '%_proxy' then '' else
            concat_ws(chr(31), entity, region, system, lifecycle_stage, factor_pin) end)) as kinds,
        bool_or(method like '%_proxy' and (hosting <> 'own' or measurement_point <> 'facility')) as is_of_another_kind
    from fill_basis_row group by all
),
recorded as (
    select f.fill_id, f.month, min(a.activity_id) as activity_id
    from fill f join activity_counted a on a.activity_type = f.activity_type and a.site = f.site and date_trunc('month', a.month)::date = f.month and (f.meter = '' or a.meter = f.meter)
    where a.counts group by all
)
select f.fill_id, f.month, f.site, f.meter, f.activity_type, coalesce(r.activity_id, '') as recorded,
    case when r.activity_id is not null then 'the month has data (' || r.activity_id || ')'
        when o.site is not null then 'the interest in the entity changes within the month, so that its parts weigh differently'
        when w.empty is not null then 'there are no data of ' || w.empty
        when w.unusable is not null then 'a row of ' || w.unusable || ' cannot be used'
        when w.partial is not null then 'the reads of ' || w.partial || ' do not cover the whole month once'
        when k.kinds > 1 or k.is_of_another_kind then 'the rows it rests on differ in hosting, measurement point, unit kind, region, system or factor' else '' end as obstacle
from fill f
left join worst w on w.fill_id = f.fill_id and w.month = f.month
left join kind k on k.fill_id = f.fill_id and k.month = f.month
left join recorded r on r.fill_id = f.fill_id and r.month = f.month
left join (select distinct s.site, p.month from ownership_part p join site s on s.entity = p.entity) o on o.site = f.site and o.month = f.month;

create table activity_parent as -- of: fill_basis
select t.source_id || ':' || r.fill_id || '@' || strftime(r.fill_month, '%Y-%m') || '~filled' as activity_id, r.activity_id as parent_activity_id, r.fill_id, r.fill_month,
    cast(r.quantity * c.multiplier as decimal(38,10)) as quantity, t.unit, row_number() over (partition by r.fill_id, r.fill_month order by r.basis_month desc, r.activity_id) as position
from fill_basis_row r
join fill_state s on s.fill_id = r.fill_id and s.month = r.fill_month and s.obstacle = ''
join (from fill_basis_row qualify row_number() over (partition by fill_id, fill_month order by basis_month desc, activity_id) = 1) t on t.fill_id = r.fill_id and t.fill_month = r.fill_month
join unit_conversion c on c.from_unit = r.unit and c.to_unit = t.unit;

insert into activity_counted by name -- of: fill_basis
with added as (
    select activity_id, fill_id, fill_month, sum(quantity) as quantity, count(*) as parents, cast(sum(quantity) * 10000000000 as hugeint) as units from activity_parent group by all
)
select t.* exclude (fill_id, fill_month, method, fill_site, fill_meter, basis_site, basis_month) replace (d.activity_id as activity_id, d.activity_id as row_activity_id,
    case when f.method like '%_proxy' then s.entity else t.entity end as entity, f.site as site, nullif(f.meter, '') as meter, f.month as month, f.month::timestamp as period_start,
    f.month + interval 1 month as period_end, cast(cast((case when d.units < 0 then -1 else 1 end) * ((2 * abs(d.units) * f.top + f.bottom) // (2 * f.bottom)) as decimal(38,0))
        * 0.0000000001 as decimal(38,10)) as quantity,
    case when f.method like '%_proxy' then s.region else t.region end as region, case when f.method like '%_proxy' then '' else t.supplier end as supplier,
    case when f.method like '%_proxy' then '' else t.payer end as payer, case when f.method like '%_proxy' then null else t.factor_pin end as factor_pin,
    case when f.method like '%_proxy' then '' else t.system end as system, case when f.method like '%_proxy' then '' else t.lifecycle_stage end as lifecycle_stage,
    'estimated' as data_quality, case when f.method like '%_proxy' then 'secondary' else t.data_origin end as data_origin, 'filled' as read_status, null as replaces,
    null as evidence, concat_ws('; ', 'filled by ' || replace(f.method, '_', ' ') || ': ' || rtrim(rtrim(cast(d.quantity as varchar), '0'), '.') || ' ' || t.unit || ' of ' || d.parents
        || case when d.parents = 1 then ' row' else ' rows' end || ' x ' || f.top || '/' || f.bottom, f.reason || ' (' || f.stated_by || ')', nullif(f.source, '')) as note,
    f.meter as coverage, l.parent_activity_id as filled_from)
from added d
join fill f on f.fill_id = d.fill_id and f.month = d.fill_month
join site s on s.site = f.site
join activity_parent l on l.activity_id = d.activity_id and l.position = 1
join fill_basis_row t on t.fill_id = d.fill_id and t.fill_month = d.fill_month and t.activity_id = l.parent_activity_id;
