-- rule: factor/gwp-missing
-- severity: error
-- stage: 40
-- fix: the view's GWP set has no value for the gas: choose another set or factor
-- citation: docs/tables.md
select distinct a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'gas ' || p.gas || ' has no GWP in ' || v.gwp_set || ' (view ' || v.view || ')' as message
from activity a join month_interval m using (month)
join price p on p.activity_type = a.activity_type and p.region = a.region and p.supplier = a.supplier and p.factor_pin = a.factor_pin and p.unit = a.unit
    and p.interval_start = m.interval_start and p.bases = a.bases and p.need = a.basis
cross join view v left join gwp g on g.gwp_set = v.gwp_set and g.gas = p.gas
where p.value_as = 'kg_gas' and g.value is null
