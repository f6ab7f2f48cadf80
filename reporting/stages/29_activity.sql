-- Activity data: one row per activity and reporting month, derived rows beside their parents.
-- basis: both = priced for every basis its type needs; location or market = for that one only; provisional = with instruments not yet cancelled.
-- A row whose instruments are all still to be cancelled keeps its own market basis; the provisional children stand beside it.
-- In the order of activity_id: what is written from it has the same bytes, however many threads made it.
create table activity as
with base as (
    select b.*, case when r.parent_activity_id is not null or (b.role = 'memo' and b.bases = 'dual') then 'location' else 'both' end as basis
    from activity_base b left join (select distinct parent_activity_id from activity_reallocated where basis = 'market') r on r.parent_activity_id = b.activity_id
)
select activity_id, parent_activity_id, derivation, counts, basis, source_id, file_no, row_no, entity, coalesce(site, '') as site, coalesce(meter, '') as meter,
    activity_type, role, month, period_start, period_end, quantity, unit, region, supplier, payer, hosting, coalesce(factor_pin, '') as factor_pin, bases,
    data_quality, data_origin, read_status, coalesce(replaces, '') as replaces, measurement_point, system, lifecycle_stage, '' as contained_in_boundary,
    coalesce(evidence, '') as evidence, coalesce(note, '') as note
from base
union all
select activity_id, parent_activity_id, 'reallocates', true, basis, source_id, file_no, row_no, entity, coalesce(site, ''), coalesce(meter, ''), activity_type, role, month,
    period_start, period_end, quantity, 'kWh', region, supplier, payer, hosting, instrument_pin, 'dual', data_quality, data_origin, read_status, '', measurement_point,
    system, lifecycle_stage, '', coalesce(evidence, ''), ''
from activity_reallocated
union all
select activity_id, parent_activity_id, 'adds', true, 'both', source_id, file_no, row_no, entity, coalesce(site, ''), coalesce(meter, ''), activity_type, role, month,
    period_start, period_end, quantity, unit, region, '', payer, hosting, '', bases, data_quality, data_origin, read_status, '', measurement_point, system,
    lifecycle_stage, contained_in_boundary, coalesce(evidence, ''), coalesce(note, '')
from activity_added
order by activity_id;

-- Filled rows and what derives from them, each with the filled row at its root.
create table filled_activity as
select activity_id, left(activity_id, instr(activity_id, '~filled') + 6) as filled_activity_id from activity where read_status = 'filled';
