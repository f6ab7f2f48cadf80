-- connector: codecarbon
-- title: CodeCarbon emissions.csv, versions 1 to 3.3 (12 to 38 columns, read by name)
-- formats: csv, xlsx, json, jsonl, parquet
-- natural_key: run_id (a hash of the row where a version has none)
-- required: timestamp, duration, energy_consumed
-- columns: timestamp, project_name, run_id, experiment_id, task_name, duration, emissions, emissions_rate, cpu_power, gpu_power, ram_power, cpu_energy, gpu_energy, ram_energy, energy_consumed, water_consumed, country_name, country_iso_code, region, cloud_provider, cloud_region, os, python_version, codecarbon_version, cpu_count, cpu_model, gpu_count, gpu_model, longitude, latitude, ram_total_size, tracking_mode, cpu_utilization_percent, gpu_utilization_percent, ram_utilization_percent, ram_used_gb, on_cloud, pue, wue
-- private: longitude drop, latitude drop
-- Rows of one run are cumulative: the longest is the run. Energy is taken, PUE is divided out where the file says it is in, the tool's own kg are kept as note.
-- Times are local and without offset: the source declares time_zone. Constants (site, hosting, system, coverage ...) come from the source.
insert into activity_input by name
with run as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(nullif(r.record['run_id'], ''), sha256(cast(r.record as varchar))) as run_id,
        try_cast(r.record['duration'] as decimal(38,10)) as seconds
    from record r where r.connector = 'codecarbon'
),
longest as (select *, row_number() over (partition by source_id, run_id order by seconds desc nulls first, file_no, row_no desc) as place from run),
constant as (
    pivot part_constant on target in ('activity_type', 'entity', 'site', 'meter', 'region', 'hosting', 'system', 'lifecycle_stage', 'coverage', 'measurement_point', 'data_quality')
    using any_value(value) group by source_id
),
timed as (
    select l.*, try_cast(l.record['timestamp'] as timestamp) as ended, try_cast(l.record['pue'] as decimal(38,10)) as pue
    from longest l where l.place = 1
)
select t.source_id, t.file_no, t.row_no, 1 as part, t.run_id as activity_id, coalesce(k.activity_type, 'electricity.purchased') as activity_type,
    strftime(t.ended - to_microseconds(cast(t.seconds * 1000000 as bigint)), '%Y-%m-%dT%H:%M:%S') as starts,
    strftime(greatest(t.ended, t.ended - to_microseconds(cast(t.seconds * 1000000 as bigint)) + interval 1 second), '%Y-%m-%dT%H:%M:%S') as ends,
    case when coalesce(t.pue, 1) = 1 then t.record['energy_consumed']
        else cast(scaled_quotient(try_cast(t.record['energy_consumed'] as decimal(38,12)), t.pue) as varchar) end as quantity,
    'kWh' as unit, k.entity, k.site, k.meter, coalesce(k.region, null) as region, coalesce(k.hosting, 'own') as hosting, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.measurement_point, 'it') as measurement_point,
    coalesce(k.data_quality, case when try_cast(t.record['gpu_energy'] as decimal(38,12)) > 0 then 'measured' else 'estimated' end) as data_quality, 'own' as data_origin,
    'CodeCarbon ' || coalesce(t.record['codecarbon_version'], '(version not given)') || ', its own figure ' || coalesce(t.record['emissions'], '?') || ' kg CO2e'
        || case when coalesce(t.pue, 1) <> 1 then ', PUE ' || t.pue || ' divided out' else '' end as note,
    t.run_id as natural_key, sha256(cast(t.record as varchar)) as content
from timed t left join constant k using (source_id);
