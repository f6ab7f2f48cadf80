-- connector: dcgm
-- title: NVIDIA DCGM exporter, as Prometheus text with times or as the JSON of a range query
-- formats: prometheus
-- natural_key: UUID of the device and month; samples by their time
-- required: metric, value
-- columns: metric, timestamp, value, labels.*
-- private: labels.pod hash, labels.namespace hash, labels.container hash
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: the text of the exporter's own documentation (one scrape without times, which gives no energy)
-- traps: the counter is in mJ; power beside a counter is the same energy; a board stands under each of its pods
-- DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION is a counter of mJ since the driver was loaded: increases are added up, a fall is a restart at 0.
-- DCGM_FI_DEV_POWER_USAGE (W) is integrated for devices without the counter only. Values from 9223372036854775792 up mean no data, of power those from 140737488355328 up.
-- A device is its UUID: the same board under several pods or instances of MIG counts once.
insert into sample
with read as (
    select r.source_id, r.file_no, r.row_no, regexp_replace(r.record['metric'], '_total$', '') as metric,
        coalesce(r.record['labels.UUID'], r.record['labels.uuid'], concat_ws('/', coalesce(r.record['labels.Hostname'], r.record['labels.instance']), 'gpu' || r.record['labels.gpu'])) as device,
        microsecond_of(number_in(r.record['timestamp'])) as microsecond, number_in(r.record['value']) as number
    from record r where r.connector = 'dcgm' and regexp_replace(r.record['metric'], '_total$', '') in ('DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', 'DCGM_FI_DEV_POWER_USAGE')
),
told as (select *, case when metric = 'DCGM_FI_DEV_POWER_USAGE' and number < 140737488355328 or metric <> 'DCGM_FI_DEV_POWER_USAGE' and number < 9223372036854775792 then number end as reading, metric = 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION' as is_counter from read),
chosen as (select *, coalesce(bool_or(is_counter and reading is not null) over (partition by source_id, device), false) as has_counter from told)
select source_id, file_no, row_no, '' as run, device, case when is_counter then 'counter' else 'power' end as kind, microsecond,
    case when is_counter then cast(reading * 0.001 as decimal(38,10)) else reading end as value
from chosen where is_counter or not has_counter;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when r.record['metric'] = 'DCGM_FI_DEV_POWER_USAGE' then 'power of a device whose energy is counted' else 'no power and no energy' end
from record r anti join sample s on s.source_id = r.source_id and s.file_no = r.file_no and s.row_no = r.row_no where r.connector = 'dcgm';
