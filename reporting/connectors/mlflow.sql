-- connector: mlflow
-- title: MLflow: the SQLite store, or the CSV of search_runs
-- formats: sqlite, csv
-- records: runs | metrics | params | tags
-- natural_key: run, device and month; for estimates the run
-- required: run_uuid or run_id, start_time, end_time
-- columns: /element, run_uuid, run_id, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, deleted_time, source_version, lifecycle_stage, artifact_uri, experiment_id, key, value, timestamp, is_nan, step, metrics.*, params.*, tags.*
-- private: user_id drop, tags.mlflow.user hash, tags.mlflow.source.git.* drop, source_name drop
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: search_runs of three runs without GPU; a store was made with the tool
-- traps: a deleted run does not count; times are milliseconds; each GPU is a series of its own; a percentage of power is no power
-- Store: the metrics system/gpu_<i>_power_usage_watts are integrated per run and device (times in ms since 1970). search_runs holds the last value of each metric, which is no
-- mean: power is never taken from it. A run without power samples is estimated from its parameters gpu_type and gpu_count, its duration and the rated power of the accelerator.
-- Deleted runs are left out; failed and killed runs used energy and count. A run with neither power nor accelerator is left out by name: its processors are measured elsewhere.
insert into sample
select r.source_id, r.file_no, r.row_no, r.record['run_uuid'] as run, regexp_extract(r.record['key'], 'gpu_[0-9]+') as device, 'power' as kind,
    microsecond_of(number_in(r.record['timestamp']) * 0.001) as microsecond, case when coalesce(r.record['is_nan'], '0') in ('0', 'false') then number_in(r.record['value']) end as value
from record r join record n on n.source_id = r.source_id and n.file_no = r.file_no and n.record['/element'] = 'runs' and n.record['run_uuid'] = r.record['run_uuid']
where r.connector = 'mlflow' and r.record['/element'] = 'metrics' and regexp_full_match(r.record['key'], 'system/gpu_[0-9]+_power_usage_watts')
    and coalesce(n.record['lifecycle_stage'], 'active') <> 'deleted';

create temp table mlflow_run as
with param as (
    select source_id, file_no, record['run_uuid'] as run, max(record['value']) filter (where record['key'] = 'gpu_type') as gpu_type,
        max(record['value']) filter (where record['key'] = 'gpu_count') as gpu_count
    from record where connector = 'mlflow' and record['/element'] = 'params' group by all
),
run as (
    select r.source_id, r.file_no, r.row_no, r.record['status'] as status, r.record['run_uuid'] as run, coalesce(r.record['lifecycle_stage'], 'active') as stage, p.gpu_type, p.gpu_count,
        microsecond_of(number_in(r.record['start_time']) * 0.001) as began, microsecond_of(number_in(r.record['end_time']) * 0.001) as ended
    from record r left join param p on p.source_id = r.source_id and p.file_no = r.file_no and p.run = r.record['run_uuid']
    where r.connector = 'mlflow' and r.record['/element'] = 'runs'
    union all
    select r.source_id, r.file_no, r.row_no, r.record['status'], r.record['run_id'], 'active', r.record['params.gpu_type'], r.record['params.gpu_count'],
        epoch_us(try_cast(r.record['start_time'] as timestamptz)), epoch_us(try_cast(r.record['end_time'] as timestamptz))
    from record r where r.connector = 'mlflow' and not map_contains(r.record, '/element')
)
select r.*, s.source_id is not null as has_power, number_in(r.gpu_count) as devices
from run r left join (select distinct source_id, run from sample) s on s.source_id = r.source_id and s.run = r.run;

insert into accelerator_use
select source_id, file_no, row_no, run as use_key, gpu_type as accelerator, cast(scaled_quotient(cast(ended - began as decimal(38,0)), 3600000000) as decimal(38,10)) as hours, devices,
    strftime(make_timestamp(began // 1000000 * 1000000), '%Y-%m-%dT%H:%M:%SZ') as starts, strftime(make_timestamp((ended // 1000000 + 1) * 1000000), '%Y-%m-%dT%H:%M:%SZ') as ends,
    null as region, null as supplier, null as hosting, 'run ' || coalesce(status, '') as note
from mlflow_run where not has_power and stage <> 'deleted' and devices > 0;

insert into row_left_out
select source_id, file_no, row_no, case when stage = 'deleted' then 'a deleted run' else 'a run without power samples and without accelerator: its energy is not in this source' end
from mlflow_run where stage = 'deleted' or (not has_power and coalesce(devices, 0) = 0);
drop table mlflow_run;
