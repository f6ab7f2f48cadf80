-- The factors that the shipped sets lack for the generated rows, as the company's own set. Variable: path. Needs inventory.sql.
copy (
    select * exclude (set_id, row_no) from factor where set_id = 'bench_residual'
    union all by name
    select * exclude (set_id, row_no) replace ('bench.' || t.activity_type as factor_id, t.activity_type as activity_type, t.boundary as boundary, 'world' as region,
        'CO2e' as gas, '0.01' as published_value, 0.01 as value, 'kg_co2e' as value_as, t.per_unit as per_unit, '' as basis)
    from (select * from factor where set_id = 'bench_residual' order by factor_id limit 1) f
    join (values ('electricity.t_and_d', 't_and_d', 'kWh'), ('electricity.well_to_tank', 'well_to_tank', 'kWh'),
        ('electricity.t_and_d_well_to_tank', 't_and_d_well_to_tank', 'kWh'), ('freight.rail.well_to_tank', 'well_to_tank', 'tkm'),
        ('hgv.average.well_to_tank', 'well_to_tank', 'tkm')) t(activity_type, boundary, per_unit) on true
) to (getvariable('path')) (header);
