-- rule: hourly/meter-unknown
-- severity: error
-- stage: 62
-- fix: declare the meter under its site in inventory.yaml, or correct its name
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:' || m.series as subject, 'both' as basis,
    'load of ' || case when m.meter = '' then 'no meter and no site' else 'meter "' || m.meter || '"' end || ', which inventory.yaml does not know: ' || m.readings || ' readings belong nowhere' as message
from hourly_meter m anti join hourly_point p on p.meter = m.meter and p.site = m.site
