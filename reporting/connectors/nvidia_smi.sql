-- connector: nvidia_smi
-- title: nvidia-smi --query-gpu power logs
-- formats: csv
-- natural_key: uuid of the device and month; samples by their time
-- required: timestamp, power.draw [W] or power.draw or power.draw.instant [W] or power.draw.average [W]
-- lacks: A log made with noheader does not say which of its columns is power, nor in which unit: query with --format=csv, or write the header above it
-- columns: timestamp, index, name, uuid, gpu_uuid, gpu_name, serial, pci.bus_id, power.*, enforced.power.*, clocks.*, utilization.*, memory.*, temperature.*, fan.*, pstate, clocks_throttle_reasons.*
-- private: serial hash
-- time: local, without offset
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: reference files with and without units in the cells
-- traps: each board is a series of its own; a number without unit is no power; the clocks repeat an hour in autumn; times are local and without offset; [N/A] is no 0 W
-- Power of each board is integrated over time (trapezoid), device by device. `timestamp` is local time without offset: the source declares `time_zone`;
-- of the hour that the clocks repeat in autumn, the second pass is told by the step back in the file.
-- The unit stands in the header (`[W]`) or in the cell (`62.87 W`); a cell with neither, or with `[N/A]`, is no measurement.
-- A header that stands again in a log that was appended to is left out. Without uuid a device is its index (or bus id) within the file: logs of several hosts then need a file each. Board power only: no processors, no memory of the host.
insert into sample
with cell as (
    select r.source_id, r.file_no, r.row_no, f.path, o.value as zone, try_cast(replace(r.record['timestamp'], '/', '-') as timestamp) as local,
        nullif(coalesce(r.record['uuid'], r.record['gpu_uuid']), '') as uuid, coalesce(cell_of(r.record, 'index'), cell_of(r.record, 'pci.bus_id'), '0') as place,
        coalesce(r.record['power.draw [W]'], r.record['power.draw.instant [W]'], r.record['power.draw.average [W]']) as in_watts, r.record['power.draw'] as as_said
    from record r join source_file f using (source_id, file_no)
    left join source_option o on o.source_id = r.source_id and o.name = 'time_zone'
    where r.connector = 'nvidia_smi' and r.record['timestamp'] is distinct from 'timestamp'
),
stepped as (select *, coalesce(local < lag(local) over device - interval 30 minute, false) as is_back from cell window device as (partition by source_id, file_no, uuid, place order by row_no)),
passed as (select *, bool_or(is_back) over (partition by source_id, file_no, uuid, place order by row_no) as is_second from stepped)
select source_id, file_no, row_no, case when uuid is null then path else '' end as run, coalesce(uuid, 'gpu' || place) as device, 'power' as kind,
    epoch_us(case when is_second then last_instant(zone, local) else first_instant(zone, local) end) as microsecond,
    number_in(case when in_watts is not null then trim(replace(in_watts, 'W', '')) when as_said like '%W' then trim(replace(as_said, 'W', '')) end) as value
from passed;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'the header once more, of a log that was appended to' from record r where r.connector = 'nvidia_smi' and r.record['timestamp'] = 'timestamp';
