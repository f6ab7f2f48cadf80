-- What connectors of trackers and telemetry fill (connectors/*.sql), before 11_sampled_energy.sql makes activities of it.
-- One row per source: the constants that inventory.yaml gives for all its rows.
create table source_constant as -- of: part_constant
pivot part_constant on target in ('activity_type', 'start', 'end', 'entity', 'site', 'meter', 'region', 'supplier', 'payer', 'hosting', 'system', 'lifecycle_stage', 'coverage',
    'measurement_point', 'data_quality', 'data_origin', 'read_status', 'evidence', 'unit') using any_value(value) group by source_id;

-- Samples of power (W) or of a counter of energy (J); value NULL is `not measured`, microsecond NULL a sample without time. `run` is what a device's samples belong to
-- where devices have no name of their own beyond it, else ''.
create table sample (source_id varchar not null, file_no integer not null, row_no bigint not null, run varchar not null, device varchar not null, kind varchar not null,
    microsecond bigint, value decimal(38,10));

-- Hours of accelerators whose energy was not measured: hours is of one, devices how many, starts and ends texts as in activity_input.
create table accelerator_use (source_id varchar not null, file_no integer not null, row_no bigint not null, use_key varchar not null, accelerator varchar, hours decimal(38,10),
    devices decimal(38,10), starts varchar, ends varchar, region varchar, supplier varchar, hosting varchar, note varchar);

-- Rows that a format's rules leave out, with the reason: steps of a job, earlier states of a cumulative row.
create table row_left_out (source_id varchar not null, file_no integer not null, row_no bigint not null, reason varchar not null);

-- A cell that is a number below 1e15, else NULL: what is larger is no reading of a device, and would overflow in what follows.
create macro number_in(cell) as case when regexp_full_match(cell, '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?') and abs(try_cast(cell as decimal(38,10))) < 1000000000000000 then try_cast(cell as decimal(38,10)) end;
-- Seconds since 1970 as microseconds, to the year 9999.
create macro microsecond_of(seconds) as case when seconds between 0 and 253402300799 then cast(seconds * 1000000 as bigint) end;
-- The instants of a time on the wall clock; in the hour that the clocks repeat in autumn there are two.
create macro first_instant(zone, local) as case when timezone(zone, timezone(zone, local) - interval 1 hour) = local then timezone(zone, local) - interval 1 hour else timezone(zone, local) end;
create macro last_instant(zone, local) as case when timezone(zone, timezone(zone, local) + interval 1 hour) = local then timezone(zone, local) + interval 1 hour else timezone(zone, local) end;
-- J as kWh, rounded once to 10 decimals, half away from zero.
create macro kwh_of(joules) as case when joules < 10000000000000000 then cast(cast((2 * cast(joules * 10000000000 as hugeint) + 3600000) // 7200000 as decimal(38,0)) * 0.0000000001 as decimal(38,10)) end;
create macro decimal_text(number) as case when contains(cast(number as varchar), '.') then rtrim(rtrim(cast(number as varchar), '0'), '.') else cast(number as varchar) end;

-- Names of accelerators that tools and people use, for names of factors/accelerators.csv.
create table accelerator_alias as
select alias, accelerator, citation
from read_csv(getvariable('standards') || '/accelerator_aliases.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
