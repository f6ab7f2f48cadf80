-- connector: wandb
-- title: Weights & Biases system metrics, one JSON object a line
-- formats: jsonl, csv, parquet
-- natural_key: path of the file, device and month; samples by their time
-- required: _timestamp, gpu.*.powerWatts or system.gpu.*.powerWatts
-- lacks: A run without GPU has no power in it, and a share of a processor is no energy: take the run's CodeCarbon file, a meter of the machine, or hours and hardware (mlco2)
-- columns: _timestamp, _runtime, _wandb, _step, cpu, cpu.*, memory*, proc.*, disk.*, network.*, gpu.*, system.*
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: reference file without GPU, which is refused: it holds no power
-- traps: each GPU is a series of its own; a percentage of power is no power
-- `gpu.<i>.powerWatts` (`system.gpu.<i>.powerWatts` in the events of the API) is integrated over `_timestamp`, seconds since 1970. A file is one run.
-- The API thins long series out: export the whole one (15 s apart); steps of more than `max_gap_seconds` are refused, not bridged. Board power only.
insert into sample
select r.source_id, r.file_no, r.row_no, f.path as run, 'gpu' || regexp_extract(cell.key, '^(?:system\.)?gpu\.([0-9]+)\.powerWatts$', 1) as device, 'power' as kind,
    microsecond_of(number_in(r.record['_timestamp'])) as microsecond, number_in(cell.value) as value
from record r join source_file f using (source_id, file_no), unnest(map_entries(r.record)) as entry(cell)
where r.connector = 'wandb' and regexp_full_match(cell.key, '(system\.)?gpu\.[0-9]+\.powerWatts') and cell.value is not null;
