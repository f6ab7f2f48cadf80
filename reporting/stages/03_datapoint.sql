-- The datapoints of one framework, in the order of its file. Variables: framework, datapoints (path).
insert into datapoint by name
select getvariable('framework') as framework, datapoint, section, label, kind, coalesce(measure, '') as measure, unit, decimals, coalesce(scope, '') as scope,
    coalesce(scope3_category, '') as scope3_category, coalesce(iso_category, '') as iso_category, coalesce(basis, '') as basis, coalesce(gas_group, '') as gas_group,
    coalesce(biogenic, '') as biogenic, coalesce(energy_source, '') as energy_source, coalesce(system, '') as system, coalesce(lifecycle_stage, '') as lifecycle_stage,
    coalesce(role, 'inventory') as role, coalesce(split, '') as split, coalesce(numerator, '') as numerator, coalesce(denominator, '') as denominator,
    coalesce(factor, '1') as factor, coalesce(input, '') as input, is_mandatory, is_total, citation, row_number() over () as position
from read_csv(getvariable('datapoints'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
