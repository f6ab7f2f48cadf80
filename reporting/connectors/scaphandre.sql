-- connector: scaphandre
-- title: Scaphandre, as Prometheus text with times or as the JSON of a range query
-- formats: prometheus
-- natural_key: host and month; samples by their time
-- required: metric, value
-- columns: metric, timestamp, value, labels.*
-- private: labels.exe hash, labels.cmdline drop
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: none; built from the documentation of the exporter, real captures are still to be run against it. Its JSON exporter is not read
-- traps: the counter is in uJ; power beside a counter is the same energy
-- scaph_host_energy_microjoules, a counter of uJ of the whole host; scaph_host_power_microwatts is integrated for hosts without the counter only.
-- Processes, sockets and domains are parts of the host and are left out.
insert into sample
with read as (
    select r.source_id, r.file_no, r.row_no, r.record['metric'] = 'scaph_host_energy_microjoules' as is_counter,
        coalesce(r.record['labels.instance'], r.record['labels.hostname'], r.record['labels.node'], 'host') as device,
        microsecond_of(number_in(r.record['timestamp'])) as microsecond, cast(number_in(r.record['value']) * 0.000001 as decimal(38,10)) as value
    from record r where r.connector = 'scaphandre' and r.record['metric'] in ('scaph_host_energy_microjoules', 'scaph_host_power_microwatts')
),
chosen as (select *, coalesce(bool_or(is_counter and value is not null) over (partition by source_id, device), false) as has_counter from read)
select source_id, file_no, row_no, '' as run, device, case when is_counter then 'counter' else 'power' end as kind, microsecond, value from chosen where is_counter or not has_counter;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when r.record['metric'] = 'scaph_host_power_microwatts' then 'power of a host whose energy is counted'
    when r.record['metric'] like 'scaph_process_%' or r.record['metric'] like 'scaph_socket_%' or r.record['metric'] like 'scaph_domain_%' then 'a part of a host' else 'no energy of a host' end
from record r anti join sample s on s.source_id = r.source_id and s.file_no = r.file_no and s.row_no = r.row_no where r.connector = 'scaphandre';
