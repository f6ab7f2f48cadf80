-- Rows that count beside their parents: grid losses and well-to-tank emissions (GHG Protocol Scope 3 Standard, category 3).
-- The rule of the nearest region is taken; a rule for any region (region '') comes last. Memo rows give rise to nothing,
-- and a system's score is E x I, so added rows carry no system (SCI specification, Operational emissions).
create table activity_added as
with pair as (select distinct activity_type, region from activity_base where counts and role = 'inventory' and hosting not in ('cloud', 'api')),
candidate as (
    select p.activity_type, p.region, d.suffix, d.derived_activity_type, d.multiplier, d.contained_in_boundary, d.citation, a.distance
    from pair p join region_ancestor a on a.region = p.region join derivation_rule d on d.kind = 'adds' and d.activity_type = p.activity_type and d.region = a.ancestor
    union all
    select p.activity_type, p.region, d.suffix, d.derived_activity_type, d.multiplier, d.contained_in_boundary, d.citation, 99
    from pair p join derivation_rule d on d.kind = 'adds' and d.activity_type = p.activity_type and d.region = ''
),
rule as (
    select activity_type, region, suffix, derived_activity_type, multiplier, contained_in_boundary, citation
    from (select *, row_number() over (partition by activity_type, region, suffix order by distance) as nearest from candidate) where nearest = 1
)
select b.activity_id as parent_activity_id, b.activity_id || '~' || r.suffix as activity_id, b.source_id, b.file_no, b.row_no, b.entity, b.site, b.meter,
    r.derived_activity_type as activity_type, b.month, b.period_start, b.period_end, cast(b.quantity * r.multiplier as decimal(38,10)) as quantity, b.unit, b.region,
    b.payer, b.hosting, b.data_quality, b.data_origin, b.read_status, b.measurement_point, '' as system, '' as lifecycle_stage, b.evidence, r.citation as note,
    t.bases, b.role, r.contained_in_boundary
from activity_base b
join rule r using (activity_type, region)
join activity_type t on t.activity_type = r.derived_activity_type
where b.counts and b.role = 'inventory' and b.hosting not in ('cloud', 'api');
