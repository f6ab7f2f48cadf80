-- Rows that take the place of others: IT energy becomes facility energy by the site's PUE, accelerator hours become kWh by a cited power.
create table activity_replaced as
with pue as (
    select a.activity_id as parent_activity_id, a.activity_id || '~facility' as activity_id, a.* exclude (activity_id, quantity, measurement_point),
        cast(a.quantity * p.pue as decimal(38,10)) as quantity, 'facility' as measurement_point, p.pue as multiplier, 'PUE ' || p.pue || ' (' || p.kind || ')' as rule
    from activity_counted a
    join site_pue p on p.site = a.site and p.valid_from <= a.month and a.month < p.valid_to
    join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity' and t.is_energy
    where a.measurement_point = 'it' and a.counts
),
converted as (
    select a.activity_id as parent_activity_id, a.activity_id || '~' || r.suffix as activity_id,
        a.* exclude (activity_id, quantity, activity_type, unit, dimension, type_bases, type_scope, bases),
        cast(cast(a.quantity * c.multiplier as decimal(38,10)) * r.multiplier as decimal(38,10)) as quantity,
        r.derived_activity_type as activity_type, r.to_unit as unit, u.dimension, t.bases as type_bases, t.scope as type_scope, t.bases, r.citation as rule
    from activity_counted a
    join derivation_rule r on r.kind = 'replaces' and r.activity_type = a.activity_type
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = r.from_unit
    join activity_type t on t.activity_type = r.derived_activity_type
    join unit u on u.unit = r.to_unit
    where a.counts
)
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from pue
union all by name
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from converted;
