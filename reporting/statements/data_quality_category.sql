-- title: Data quality by category
-- lead: The five indicators of all lines, 4 very good to 1 poor, weighted with their tonnes (location-based).
-- place: annex
-- order: 33
-- columns: place=Place; tonnes=t CO2e|3; technology=Technology|2; time=Time|2; geography=Geography|2; completeness=Completeness|2; reliability=Reliability|2
with weighed as (
    select scope, scope3_category, cast(sum(kg_co2e) as decimal(38,12)) as kg, cast(sum(abs(kg_co2e)) as decimal(38,12)) as weight,
        cast(sum(abs(kg_co2e) * technology_score) as decimal(38,12)) as technology, cast(sum(abs(kg_co2e) * time_score) as decimal(38,12)) as time,
        cast(sum(abs(kg_co2e) * geography_score) as decimal(38,12)) as geography, cast(sum(abs(kg_co2e) * completeness_score) as decimal(38,12)) as completeness,
        cast(sum(abs(kg_co2e) * reliability_score) as decimal(38,12)) as reliability
    from data_quality where view = getvariable('view') and period = getvariable('period') group by all
)
select case when scope = '3' then 'Scope 3, category ' || scope3_category else 'Scope ' || scope end as place, cast(kg * 0.001 as decimal(38,12)) as tonnes,
    share_of(technology, weight) as technology, share_of(time, weight) as time, share_of(geography, weight) as geography, share_of(completeness, weight) as completeness,
    share_of(reliability, weight) as reliability
from weighed order by scope, length(scope3_category), scope3_category
