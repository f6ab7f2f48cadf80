-- Market basis of Scope 2 energy where the inventory holds instruments: one child per matched instrument, one for the remainder (residual mix).
-- The parent keeps the location basis alone.
create table activity_reallocated as -- of: instrument
with dual as (
    select a.*, cast(a.quantity * u.multiplier as decimal(38,10)) as kwh
    from activity_base a join unit_conversion u on u.from_unit = a.unit and u.to_unit = 'kWh'
    where a.bases = 'dual' and a.counts and a.role = 'inventory'
),
claim as (select distinct claim from instrument_claim),
matched as (select claim, activity_id, sum(kwh) as kwh from instrument_match group by all),
child as (
    select m.claim, d.activity_id as parent, m.instrument_id as suffix, m.kwh, 'instrument.' || m.instrument_id as pin
    from dual d join instrument_match m on m.activity_id = d.activity_id
    union all
    select c.claim, d.activity_id, 'residual', cast(d.kwh - coalesce(m.kwh, 0) as decimal(38,10)), ''
    from dual d cross join claim c left join matched m on m.claim = c.claim and m.activity_id = d.activity_id
    where d.kwh is null or m.kwh is null or d.kwh <> m.kwh  -- a credit note is negative and lowers both bases
)
select d.activity_id as parent_activity_id, d.activity_id || case when c.claim = 'provisional' then '~provisional' else '' end || '~' || c.suffix as activity_id,
    c.claim as basis, c.kwh as quantity, c.pin as instrument_pin, d.source_id, d.file_no, d.row_no, d.entity, d.site, d.meter, d.activity_type, d.month,
    d.period_start, d.period_end, d.region, d.supplier, d.payer, d.hosting, d.data_quality, d.data_origin, d.read_status, d.measurement_point, d.system,
    d.lifecycle_stage, d.evidence, d.role
from dual d join child c on c.parent = d.activity_id;
