-- The datapoints of one framework, in the order of its file, which names only the columns that it uses. Variables: framework, datapoints (path).
insert into datapoint by name
with known as (
    select null::varchar as datapoint, null::varchar as section, null::varchar as label, null::varchar as kind, null::varchar as measure, null::varchar as unit,
        null::varchar as decimals, null::varchar as scope, null::varchar as scope3_category, null::varchar as iso_category,
        null::varchar as basis, null::varchar as gas_group, null::varchar as biogenic, null::varchar as energy_source, null::varchar as system,
        null::varchar as lifecycle_stage, null::varchar as role, null::varchar as split, null::varchar as numerator, null::varchar as denominator,
        null::varchar as factor, null::varchar as input, null::varchar as is_mandatory, null::varchar as is_total, null::varchar as citation,
        null::varchar as answer, null::varchar as applies, null::bigint as position
    where false
),
given as (
    select *, row_number() over () as position
    from read_csv(getvariable('datapoints'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
)
select getvariable('framework') as framework, datapoint, section, label, kind, coalesce(measure, '') as measure,
    case when kind = 'text' then coalesce(unit, '') else unit end as unit, case when kind = 'text' then coalesce(decimals, '0') else decimals end as decimals, coalesce(scope, '') as scope,
    coalesce(scope3_category, '') as scope3_category, coalesce(iso_category, '') as iso_category, coalesce(basis, '') as basis,
    coalesce(gas_group, '') as gas_group, coalesce(biogenic, '') as biogenic, coalesce(energy_source, '') as energy_source, coalesce(system, '') as system,
    coalesce(lifecycle_stage, '') as lifecycle_stage, coalesce(role, 'inventory') as role, coalesce(split, '') as split, coalesce(numerator, '') as numerator,
    coalesce(denominator, '') as denominator, coalesce(factor, '1') as factor, coalesce(input, '') as input, coalesce(is_mandatory, 'false') as is_mandatory,
    coalesce(is_total, 'false') as is_total, citation, position,
    coalesce(answer, '') as answer, coalesce(applies, '') as applies
from (select * from known union all by name select * from given);
