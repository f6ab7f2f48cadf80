-- connector: codecarbon
-- title: CodeCarbon emissions.csv, versions 1 to 3.3 (12 to 38 columns, read by name)
-- formats: csv, xlsx, json, jsonl, parquet
-- natural_key: run_id, with task_name in task files (a hash of the row where a version has none)
-- required: timestamp, duration, energy_consumed, run_id or experiment_id
-- columns: timestamp, project_name, run_id, experiment_id, task_name, duration, emissions, emissions_rate, cpu_power, gpu_power, ram_power, cpu_energy, gpu_energy, ram_energy, energy_consumed, water_consumed, country_name, country_iso_code, region, cloud_provider, cloud_region, os, python_version, codecarbon_version, cpu_count, cpu_model, gpu_count, gpu_model, longitude, latitude, ram_total_size, tracking_mode, cpu_utilization_percent, gpu_utilization_percent, ram_utilization_percent, ram_used_gb, on_cloud, pue, wue
-- numbers: duration, emissions, emissions_rate, *_power, *_energy, energy_consumed, water_consumed, cpu_count, gpu_count, ram_total_size, *_percent, ram_used_gb, pue, wue
-- private: longitude drop, latitude drop
-- time: local, without offset
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it), data_quality
-- seen: files of versions 1, 2.3.5, 2.4, 2.8.4, 3.0.8 and 3.3.2, appended, flushed, with tasks, with PUE, on a cloud
-- traps: rows of one run are cumulative; tasks are parts of their run; energy holds the PUE already; experiment_id is the same for all runs; the fallback of 42.5 W is no measurement; the timestamp is the end of a run; the total of tasks has the duration of the last one
-- Rows of one run are cumulative: the longest is the run, in whatever file it stands. Task files are parts of the run: they count only where the row of the run is missing.
-- Energy is taken and our factor applied. Where `pue` is not 1 the file's energy holds it already: it is divided out, and the site's own PUE is applied once.
-- The note keeps the version, the tool's own kg and the intensity that follows from it, and what the tool fell back on: a constant processor power of 42.5 W,
-- and the country's intensity for clouds other than Google's, which its table lacks.
-- Quality is `measured` where GPUs were (gpu_energy above 0) and the processor is no constant, else `estimated`. Times are local and without offset: the source declares
-- time_zone. Older files without experiment_id and run_id are refused: nothing would tell one run from another.
insert into activity_input by name
with run as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(nullif(r.record['run_id'], ''), sha256(cast(r.record as varchar))) as run_id, nullif(r.record['task_name'], '') as task,
        case when abs(try_cast(r.record['duration'] as decimal(38,10))) < 10000000000 then try_cast(r.record['duration'] as decimal(38,10)) end as seconds,
        case when regexp_matches(r.record['timestamp'], ':\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)$') then timezone(coalesce(z.value, 'UTC'), try_cast(r.record['timestamp'] as timestamptz)) else try_cast(r.record['timestamp'] as timestamp) end as ended
    from record r left join source_option z on z.source_id = r.source_id and z.name = 'time_zone'
    where r.connector = 'codecarbon'
),
placed as (
    select *, row_number() over (partition by source_id, run_id, task order by seconds desc nulls first, file_no desc, row_no desc) as place, count(*) over (partition by source_id, run_id, task) as states,
        bool_or(task is null) over (partition by source_id, run_id) as has_whole, min(ended - to_microseconds(cast(seconds * 1000000 as bigint))) filter (where task is not null) over (partition by source_id, run_id) as first_task
    from run
),
timed as (
    select *, case when abs(try_cast(record['pue'] as decimal(38,12))) < 1000000000 then try_cast(record['pue'] as decimal(38,12)) end as pue, case when abs(try_cast(record['energy_consumed'] as decimal(38,12))) < 1000000000 then try_cast(record['energy_consumed'] as decimal(38,12)) end as kwh, case when abs(try_cast(record['emissions'] as decimal(38,12))) < 1000000000 then try_cast(record['emissions'] as decimal(38,12)) end as kg,
        least(ended - to_microseconds(cast(seconds * 1000000 as bigint)), case when task is null then first_task end) as began, try_cast(record['cpu_power'] as decimal(38,10)) = 42.5 as is_constant
    from placed where place = 1 and (task is null or not has_whole)
)
select t.source_id, t.file_no, t.row_no, 1 as part, concat_ws('/', t.run_id, t.task) as activity_id, activity_id as natural_key, coalesce(k.activity_type, 'electricity.purchased') as activity_type,
    strftime(t.began, '%Y-%m-%dT%H:%M:%S') as starts, strftime(greatest(t.ended, t.began + interval 1 second), '%Y-%m-%dT%H:%M:%S') as ends,
    case when coalesce(t.record['pue'], '') = '' or t.pue = 1 then t.record['energy_consumed'] when t.pue > 1 then cast(scaled_quotient(t.kwh, t.pue) as varchar)
        else concat_ws(' ', t.record['energy_consumed'], 'with PUE', t.record['pue']) end as quantity,
    'kWh' as unit, k.entity, k.site, k.meter, k.region, k.supplier, k.payer, coalesce(k.hosting, 'own') as hosting, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.measurement_point, 'it') as measurement_point,
    coalesce(k.data_quality, case when try_cast(t.record['gpu_energy'] as decimal(38,12)) > 0 and not coalesce(t.is_constant, false) then 'measured' else 'estimated' end) as data_quality,
    coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    'CodeCarbon ' || coalesce(t.record['codecarbon_version'], '(version not given)') || ', its own figure ' || coalesce(t.record['emissions'], '?') || ' kg CO2e'
        || case when t.kwh > 0 and t.kg >= 0 then ' (' || cast(cast(scaled_quotient(t.kg * 1000, t.kwh) as decimal(38,2)) as varchar) || ' g/kWh)' else '' end
        || case when coalesce(t.pue, 1) <> 1 then ', PUE ' || decimal_text(t.pue) || ' divided out' else '' end
        || case when t.is_constant then ', processor power is the constant fallback of 42.5 W' else '' end
        || case when t.record['on_cloud'] = 'Y' and coalesce(lower(t.record['cloud_provider']), '') <> 'gcp' then ', on ' || coalesce(t.record['cloud_provider'], 'a cloud')
            || ' with the intensity of its country' else '' end
        || case when t.states > 1 then ', last of ' || t.states || ' cumulative rows' else '' end as note,
    sha256(cast(t.record as varchar)) as content
from timed t left join source_constant k using (source_id);

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when coalesce(r.record['task_name'], '') <> '' then 'a task of a run' else 'an earlier state of a run' end
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'codecarbon';

insert into tool_statement by name
select r.source_id, r.file_no, r.row_no, null as service, r.record['energy_consumed'] as kwh, r.record['emissions'] as emissions, 'kg_co2e' as unit
from record r semi join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'codecarbon'
    and abs(number_in(r.record['emissions'])) < 1000000000 and abs(number_in(r.record['energy_consumed'])) < 1000000000;
