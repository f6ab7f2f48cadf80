-- How the figures of a framework are selected from the ledger, and what ratios are made of.
select datapoint, kind, measure, scope, scope3_category, iso_category, basis, gas_group, biogenic, energy_source, system, lifecycle_stage, role, split,
    numerator, denominator, factor
from datapoint
where framework = $framework
order by datapoint
