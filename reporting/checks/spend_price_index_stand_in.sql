-- rule: spend/price-index-stand-in
-- severity: warning
-- stage: 25
-- fix: when the annual average is published, add it to factors/deflators.csv of the inventory as series cpi_u
-- citation: docs/tables.md
select a.source_id, null as file_no, null as row_no, 'unit:' || a.unit as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' row' else ' rows' end || ' in ' || a.unit || case when count(*) = 1 then ' rests' else ' rest' end || ' on a price index that stands in for that of ' || any_value(m.price_year) || ': ' || any_value(m.conversion) as message
from activity_base a join money_unit m on m.unit = a.unit and m.is_stand_in
where a.counts
group by a.source_id, a.unit
