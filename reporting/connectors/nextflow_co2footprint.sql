-- connector: nextflow_co2footprint
-- title: Nextflow co2footprint plugin, trace file
-- formats: csv
-- natural_key: hash of the task, else all its cells
-- required: task_id, status, name, energy_consumption
-- columns: task_id, hash, native_id, status, exit, name, process, tag, submit, start, complete, duration, energy_consumption, CO2e, CO2e_market, carbon_intensity, %cpu, memory, realtime, cpus, powerdraw_cpu, cpu_model, raw_energy_processor, raw_energy_memory, water*
-- rank: tracker
-- constants: start, end (needed where the trace has no times), site, region, hosting, system, coverage, measurement_point (it or facility)
-- seen: the sample of the plugin's documentation, seven tasks
-- traps: energy_consumption holds the plugin's PUE; a task from the cache drew its energy before; units stand in the cells; a part that is missing is no 0
-- Units stand in the cells (`17.85 mWh`). `energy_consumption` holds the plugin's own PUE: with measurement point `it` (where the site's PUE follows) processor and
-- memory energy are added instead; with `facility` energy_consumption is taken as it is. The plugin's CO2e and intensity are kept as a note, our factor is applied.
-- CACHED tasks drew their energy in an earlier run and are left out; FAILED and ABORTED tasks count. Energy is modelled from load, never measured.
insert into activity_input by name
with read as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(k.measurement_point, 'it') as point, k.source_id is not null as has_constants,
        [r.record['raw_energy_processor'], r.record['raw_energy_memory']] as parts
    from record r left join source_constant k using (source_id) where r.connector = 'nextflow_co2footprint' and r.record['status'] <> 'CACHED'
),
cell as (select source_id, file_no, row_no, unnest(case when point = 'it' then parts else [record['energy_consumption']] end) as text from read),
amount as (
    select c.source_id, c.file_no, c.row_no, count(*) = count(u.multiplier) and count(*) = count(number_in(split_part(c.text, ' ', 1))) and bool_and(number_in(split_part(c.text, ' ', 1)) between 0 and 1000000000) as is_whole,
        sum(case when number_in(split_part(c.text, ' ', 1)) between 0 and 1000000000 then cast(number_in(split_part(c.text, ' ', 1)) * u.multiplier as decimal(38,10)) end) as kwh
    from cell c left join unit_conversion u on u.from_unit = split_part(c.text, ' ', 2) and u.to_unit = 'kWh' group by all
)
select r.source_id, r.file_no, r.row_no, 1 as part, coalesce(nullif(r.record['hash'], ''), left(sha256(cast(r.record as varchar)), 16)) as activity_id, activity_id as natural_key,
    coalesce(k.activity_type, 'electricity.purchased') as activity_type, coalesce(nullif(nullif(replace(r.record['start'], ' ', 'T'), '-'), ''), k."start") as starts,
    coalesce(nullif(nullif(replace(r.record['complete'], ' ', 'T'), '-'), ''), k."end") as ends, case when a.is_whole then decimal_text(a.kwh) else 'not given' end as quantity, 'kWh' as unit,
    k.entity, k.site, k.meter, k.region, k.supplier, k.payer, k.hosting, k.system, k.lifecycle_stage, k.coverage, r.point as measurement_point,
    coalesce(k.data_quality, 'estimated') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    concat_ws(', ', r.record['name'], r.record['status'], 'its own figure ' || nullif(r.record['CO2e'], '-') || ' at ' || r.record['carbon_intensity']) as note,
    sha256(cast(r.record as varchar)) as content
from read r join amount a using (source_id, file_no, row_no) left join source_constant k on k.source_id = r.source_id;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'a task taken from the cache of an earlier run' from record r where r.connector = 'nextflow_co2footprint' and r.record['status'] = 'CACHED';

insert into tool_statement by name
select r.source_id, r.file_no, r.row_no, null as service, cast(number_in(split_part(r.record['energy_consumption'], ' ', 1)) * e.multiplier as varchar) as kwh,
    cast(cast(number_in(split_part(r.record['CO2e'], ' ', 1)) * m.multiplier as decimal(38,12)) as varchar) as emissions, 'kg_co2e' as unit
from record r
join unit_conversion e on e.from_unit = split_part(r.record['energy_consumption'], ' ', 2) and e.to_unit = 'kWh'
join unit_conversion m on m.from_unit = split_part(r.record['CO2e'], ' ', 2) and m.to_unit = 'kg'
where r.connector = 'nextflow_co2footprint' and r.record['status'] <> 'CACHED'
    and number_in(split_part(r.record['energy_consumption'], ' ', 1)) between 0 and 1000000000 and number_in(split_part(r.record['CO2e'], ' ', 1)) between 0 and 1000000000;
