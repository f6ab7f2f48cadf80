-- What several sources say of one coverage key and month, or a vendor states, beside our own figures: by source, service and region, location-based, kg CO2e
-- as the view weighs them. kg is what the chosen basis of a statement or our own calculation gives, other_kg the other basis of the statement; electricity_kg is its Scope 2 (location-based), beyond_kg
-- its Scope 1 and 3: hardware, buildings, upstream. Of a statement over several months each month has its share of quantity.
create table reconciled_activity as
with cell as (
    select coverage, date_trunc('month', month)::date as calendar_month from activity_counted where coverage <> '' group by all
    having count(distinct source_id) > 1 or count(*) filter (where source_id in (select source_id from statement_line)) > 0
),
line as (
    select source_id, file_no, row_no, service, try_cast(chosen as decimal(38,10)) as stated, try_cast(scope2_location as decimal(38,12)) as electricity,
        try_cast(scope1 as decimal(38,12)) + try_cast(scope3_location as decimal(38,12)) as beyond, stated_unit, supplier_basis
    from statement_line where turn = 1
),
service as (
    select source_id, file_no, row_no, service from bill_line union select source_id, file_no, row_no, min(service) from tool_statement group by all
)
select a.activity_id, a.coverage, c.calendar_month as month, a.source_id, a.file_no, a.row_no, a.rank, a.role, a.memo_reason, l.source_id is not null as is_statement,
    coalesce(a.memo_reason = 'the other basis of the statement', false) as is_other_basis, coalesce(l.supplier_basis, '') as supplier_basis, coalesce(l.service, s.service, '') as service, a.region,
    -- The share of this month in the statement's line: 1 where the line is of one month.
    case when l.source_id is null then null when l.stated = a.quantity then 1 when l.stated = 0 then 0 else scaled_quotient(a.quantity, l.stated) end as share,
    l.electricity, l.beyond, coalesce(u.multiplier, 1) as kg_in_unit
from activity_counted a
join cell c on c.coverage = a.coverage and c.calendar_month = date_trunc('month', a.month)::date
left join line l on l.source_id = a.source_id and l.file_no = a.file_no and l.row_no = a.row_no
left join service s on s.source_id = a.source_id and s.file_no = a.file_no and s.row_no = a.row_no
left join unit_conversion u on u.from_unit = l.stated_unit and u.to_unit = 'kg_co2e'
where a.counts;

create table reconciled_line as -- of: reconciled_activity
with priced as (
    select e.view, case e.derivation when 'replaces' then e.parent_activity_id else e.activity_id end as activity_id, sum(e.kg_co2e) as kg, max(e.share) as weight
    from entry e where e.basis in ('both', 'location') and not e.is_biogenic and e.derivation in ('', 'replaces', 'fills') group by all
),
energy as (
    select case a.derivation when 'replaces' then a.parent_activity_id else a.activity_id end as activity_id, sum(cast(a.quantity * c.multiplier as decimal(38,10))) as kwh
    from activity a join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity' and t.is_energy
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = 'kWh'
    where a.counts and a.derivation in ('', 'replaces', 'fills') group by all
)
select p.view, r.coverage, r.month, r.source_id, r.rank, r.is_statement, r.supplier_basis, r.service, r.region, bool_or(r.role = 'inventory') as is_counted,
    sum(p.kg) filter (where not r.is_other_basis) as kg, sum(p.kg) filter (where r.is_other_basis) as other_kg, sum(n.kwh) as kwh,
    sum(cast(cast(r.electricity * r.kg_in_unit as decimal(38,12)) * r.share as decimal(38,12)) * p.weight) filter (where not r.is_other_basis) as electricity_kg,
    sum(cast(cast(r.beyond * r.kg_in_unit as decimal(38,12)) * r.share as decimal(38,12)) * p.weight) filter (where not r.is_other_basis) as beyond_kg, count(*) as activities,
    count(p.activity_id) as priced_activities
from reconciled_activity r
cross join (select distinct view from view) v
left join priced p on p.activity_id = r.activity_id and p.view = v.view
left join energy n on n.activity_id = r.activity_id
group by all;
