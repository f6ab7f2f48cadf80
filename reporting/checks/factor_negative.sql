-- rule: factor/negative
-- severity: error
-- stage: 40
-- fix: compare the sign with the publication; a removal is stated under `inputs`, and is no factor of a source
-- citation: GHG Protocol Corporate Standard ch. 9 (removals apart from the scopes); ISO 14064-1:2018, 9.3.1 f and g
with used as (
    select e.factor_id, e.activity_type, e.view, e.month, e.entity, e.hosting, e.region, e.supplier, e.unit, e.basis, e.need, sum(e.factor * e.gwp) as kg, min(e.factor_unit) as factor_unit
    from entry_price e where e.scope in ('1', '2') and not e.is_biogenic group by all
)
select null as source_id, null as file_no, null as row_no, 'factor:' || factor_id as subject, 'both' as basis,
    'factor "' || factor_id || '" gives less than nothing, ' || rtrim(rtrim(max(kg)::varchar, '0'), '.') || ' kg CO2e per ' || factor_unit || ', for ' || activity_type || ', which emits' as message
from used where kg < 0 group by factor_id, activity_type, factor_unit
