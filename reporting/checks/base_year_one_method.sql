-- rule: base-year/one-scope-2-method
-- severity: error
-- stage: 72
-- fix: give the event a row for the other Scope 2 method too, 0 where nothing changes
-- citation: GHG Protocol Scope 2 Guidance ch. 9 (R032)
with pair as (
    select distinct l.framework || '/' || l.datapoint as location_id, m.framework || '/' || m.datapoint as market_id
    from datapoint l join datapoint m on m.framework = l.framework and m.basis = 'market' and l.basis = 'location' and m.kind = 'sum' and l.kind = 'sum' and m.scope = l.scope
        and m.scope3_category = l.scope3_category and m.iso_category = l.iso_category and m.gas_group = l.gas_group and m.biogenic = l.biogenic and m.split = l.split
    where l.measure = 'kg_co2e' and m.measure = 'kg_co2e'
),
side as (select location_id as figure, market_id as other from pair union all select market_id, location_id from pair)
select null as source_id, null as file_no, null as row_no, 'event:' || e.event || '/' || e.figure as subject, 'both' as basis,
    'base_year_events.csv row ' || e.row_no || ': "' || e.event || '" moves ' || e.figure || ' but says nothing of ' || s.other as message
from base_year_event e
join base_year_event_kind k on k.kind = e.kind and k.is_trigger
join side s on s.figure = e.figure
left join base_year_event o on o.event = e.event and o.figure = s.other
where o.row_no is null
