-- connector: mlco2
-- title: Estimates in the manner of ML CO2 Impact: hardware, hours, provider, region
-- formats: csv, xlsx, json, jsonl
-- natural_key: id, else all the cells
-- required: hardware or hardware_type, hours or hours_used, start or date, end or date
-- lacks: The tool's own tables (gpus.csv, impact.csv, instances.csv) hold hardware and intensities of 2019 and no runs: give the runs, hardware and hours
-- columns: id, hardware, hardware_type, hours, hours_used, count, devices, provider, cloud_provider, region, compute_region, start, end, date, carbon_emitted, note
-- numbers: hours, hours_used, count, devices, carbon_emitted
-- dates: start, end, date
-- rank: estimate
-- constants: site, hosting, system, coverage, measurement_point (it)
-- seen: none; the publisher ships reference tables, not a file of results. Names of hardware as in its list or in `ghg factors search`
-- traps: hours are of one device
-- kWh = hours x devices x rated power (factors/accelerators.csv, cited in the note): an upper estimate of the boards alone. Hours are of one device; `count` is 1 where the column
-- is not there. Hardware that is not in the table is an error, never a mean. Provider and region become the cloud region that the factor is looked up by.
-- `carbon_emitted` rests on intensities of 2019 and is kept as a note; offsets are never subtracted.
insert into accelerator_use
select r.source_id, r.file_no, r.row_no, coalesce(nullif(r.record['id'], ''), left(sha256(cast(r.record as varchar)), 16)) as use_key,
    coalesce(r.record['hardware'], r.record['hardware_type']) as accelerator, number_in(coalesce(r.record['hours'], r.record['hours_used'])) as hours,
    case when coalesce(r.record['count'], r.record['devices']) is null and not map_contains(r.record, 'count') and not map_contains(r.record, 'devices') then 1
        else number_in(coalesce(r.record['count'], r.record['devices'])) end as devices,
    coalesce(nullif(r.record['start'], ''), nullif(r.record['date'], '')) as starts, coalesce(nullif(r.record['end'], ''), nullif(r.record['date'], '')) as ends,
    lower(nullif(coalesce(r.record['provider'], r.record['cloud_provider']), '')) || ':' || nullif(coalesce(r.record['region'], r.record['compute_region']), '') as region,
    lower(nullif(coalesce(r.record['provider'], r.record['cloud_provider']), '')) as supplier, 'cloud' as hosting,
    'the tool''s own figure ' || nullif(r.record['carbon_emitted'], '') || ' kg CO2e' as note
from record r where r.connector = 'mlco2';

insert into tool_statement by name
select r.source_id, r.file_no, r.row_no, null as service, null as kwh, r.record['carbon_emitted'] as emissions, 'kg_co2e' as unit
from record r where r.connector = 'mlco2' and number_in(r.record['carbon_emitted']) between 0 and 1000000000;
