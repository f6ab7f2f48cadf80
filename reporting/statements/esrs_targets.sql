-- title: GHG emission reduction targets
-- lead: Gross targets by scope as tonnes and as a share of the base year (ESRS E1 34 a to d); where a target covers a part of the base year, what is to be reached is that part. Carbon credits, removals and avoided emissions do not count towards them.
-- place: esrs_e1_set1
-- order: 7
-- columns: target=Target; label=Emissions; base_period=Base year; base=Base, t CO2e|0; coverage=Covered, %|1; target_period=Target year; goal=To reach, t CO2e|0; reduction=Reduction, t CO2e|0; percent=Reduction, %|1; source=Source
select t.target, f.label, t.base_period, t.base, t.coverage * 100 as coverage, t.target_period, t.goal, t.reduction_t as reduction, t.reduction_share * 100 as percent, t.source
from target_reduction t join figure f on f.figure_id = t.figure and f.period = getvariable('period') order by t.ends, f.position, t.target
