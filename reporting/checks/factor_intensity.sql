-- rule: factor/intensity-implausible
-- severity: warning
-- stage: 40
-- fix: compare value and unit with the publication (g, kg and t, kWh and MWh); 0 is never questioned
-- citation: R113, standards/plausible_intensities.csv
with used as (
    select e.factor_id, e.activity_type, e.view, e.month, e.entity, e.hosting, e.region, e.supplier, e.unit, e.basis, e.need, sum(e.factor * e.gwp) as kg, min(e.factor_unit) as factor_unit
    from entry_price e where not e.is_biogenic and not starts_with(e.factor_id, 'instrument.') group by all
),
stated as (
    select distinct u.factor_id, b.unit, cast(cast(u.kg as decimal(38,8)) * c.multiplier as decimal(38,8)) as kg, b.low_kg_co2e, b.high_kg_co2e
    from used u join plausible_intensity b on b.activity_type = u.activity_type join unit_conversion c on c.from_unit = b.unit and c.to_unit = u.factor_unit
)
select null as source_id, null as file_no, null as row_no, 'factor:' || factor_id as subject, 'both' as basis,
    'its ' || rtrim(rtrim(kg::varchar, '0'), '.') || ' kg CO2e per ' || unit || ' lie outside the plausible ' || rtrim(rtrim(low_kg_co2e::varchar, '0'), '.') || ' to '
        || rtrim(rtrim(high_kg_co2e::varchar, '0'), '.') as message
from stated where kg <> 0 and (kg < low_kg_co2e or kg > high_kg_co2e)
