-- The rows read and the rows that replace them, with who counts settled. Money carries the rate and the deflator that turn it into the factor's prices.
create table activity_base as
with read_or_replaced as (
select a.filled_from as parent_activity_id, case when a.filled_from = '' then '' else 'fills' end as derivation, a.activity_id, a.source_id, a.file_no, a.row_no, a.entity, a.site, a.meter, a.activity_type, a.month, a.period_start,
    a.period_end, a.quantity, a.unit, a.region, a.supplier, a.payer, a.hosting, a.factor_pin, a.data_quality, a.data_origin, a.read_status, a.replaces,
    a.measurement_point, a.system, a.lifecycle_stage, a.evidence, a.note, a.bases, a.role, a.counts and r.parent_activity_id is null as counts
from activity_counted a
left join (select distinct parent_activity_id from activity_replaced) r on r.parent_activity_id = a.activity_id
union all
select parent_activity_id, 'replaces', activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    coalesce(note || '; ', '') || rule, bases, role, true
from activity_replaced
)
select b.* replace (nullif(concat_ws('; ', b.note, m.conversion), '') as note)
from read_or_replaced b left join money_unit m on m.unit = b.unit;
