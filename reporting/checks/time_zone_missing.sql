-- rule: intake/time-zone-missing
-- severity: error
-- stage: 21
-- fix: name the zone of the machine that wrote the file as `time_zone` of the source, for instance Europe/Berlin
-- citation: docs/formats/README.md
select s.source_id, null::integer as file_no, null::bigint as row_no, 'source:' || s.source_id as subject, 'both' as basis,
    'files of ' || s.connector || ' do not say in which zone their times are to be read, and source "' || s.source_id || '" has no time_zone' as message
from source s join connector_column c on c.connector = s.connector and c.use = 'local_time'
anti join source_option o on o.source_id = s.source_id and o.name = 'time_zone'
