-- rule: hourly/meter-unknown
-- severity: error
-- stage: 62
-- of: hourly_meter
-- fix: declare the meter under its site in inventory.yaml, or correct its name
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:' || m.series as subject, 'both' as basis,
    'load of "' || m.point || '", which inventory.yaml does not know as a meter of a site: ' || m.readings || ' readings belong nowhere' as message
from hourly_meter m anti join hourly_point p on p.point = m.point
