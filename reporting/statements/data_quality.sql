-- title: Data quality of significant lines
-- lead: Every group of ledger lines of one activity, factor and kind of data at or above the materiality threshold, location-based, with the five indicators of the Scope 3 Standard. Time and geography come from how far the factor is from the activity, the others from what the data are.
-- place: annex
-- order: 32
-- columns: place=Place; activity=Activity; factor=Factor; tonnes=t CO2e|3; share=Share, %|1; technology=Technology; time=Time; geography=Geography; completeness=Completeness; reliability=Reliability
select case when q.scope = '3' then 'Scope 3, category ' || q.scope3_category else 'Scope ' || q.scope end as place, q.activity_label as activity, q.factor_label as factor,
    cast(q.kg_co2e * 0.001 as decimal(38,12)) as tonnes, cast(q.share * 100 as decimal(38,12)) as share, q.technology, q.time, q.geography, q.completeness, q.reliability
from data_quality q
where q.view = getvariable('view') and q.period = getvariable('period') and q.share >= (select value::decimal(38,9) from setting where name = 'materiality_threshold')
order by q.share desc, place, activity, factor, q.data_quality, q.data_origin, q.read_status
