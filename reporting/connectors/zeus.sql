-- connector: zeus
-- title: Zeus energy monitor, CSV of measurement windows
-- formats: csv
-- natural_key: window and its start on the monotonic clock
-- required: window_name, elapsed_time, start_time, gpu*_energy or cpu*_energy
-- lacks: A summary of power or time per epoch (time_per_epoch, average_power) is no measurement of a run: take the windows of ZeusMonitor
-- columns: start_time, window_name, elapsed_time, gpu*_energy, cpu*_energy, dram*_energy, soc*_energy
-- numbers: start_time, elapsed_time, *_energy
-- rank: tracker
-- constants: start, end (needed), site, region, hosting, system, coverage, measurement_point (it)
-- seen: a profile of one A40; the summary of a power sweep (time_per_epoch, average_power) is no measurement of a run and is refused
-- traps: windows lie in each other; windows overlap in part; energy is in J; every GPU has a column of its own
-- Energies of GPUs, processors and memory are J and are added. `start_time` is a monotonic clock and says nothing of the day: the source gives `start` and `end` as constants.
-- Windows may lie in each other: the outermost counts, those inside are left out. Windows that overlap in part are an error.
insert into activity_input by name
with read as (
    select r.source_id, r.file_no, r.row_no, r.record, number_in(r.record['start_time']) as starts_at, number_in(r.record['elapsed_time']) as seconds,
        list_filter(map_entries(r.record), lambda e: regexp_full_match(e.key, '(gpu|cpu|dram|soc)[0-9]*_energy') and coalesce(e.value, '') <> '') as cells
    from record r where r.connector = 'zeus'
),
outer_window as (
    select a.* from read a
    where not exists (from read b where b.source_id = a.source_id and b.file_no = a.file_no and b.row_no <> a.row_no and b.starts_at <= a.starts_at
        and b.starts_at + b.seconds >= a.starts_at + a.seconds and (b.seconds > a.seconds or b.row_no < a.row_no))
),
mixed as (
    select distinct a.source_id, a.file_no, a.row_no from outer_window a
    join outer_window b on b.source_id = a.source_id and b.file_no = a.file_no and b.starts_at < a.starts_at + a.seconds and b.starts_at + b.seconds > a.starts_at and b.row_no <> a.row_no
),
summed as (
    select w.*, list_sum(list_transform(w.cells, lambda e: number_in(e.value))) as joules, len(w.cells) = len(list_filter(w.cells, lambda e: number_in(e.value) >= 0)) and len(w.cells) > 0 as is_whole,
        m.row_no is not null as is_mixed
    from outer_window w left join mixed m using (source_id, file_no, row_no)
)
select s.source_id, s.file_no, s.row_no, 1 as part, concat_ws('@', s.record['window_name'], s.record['start_time']) as activity_id, activity_id as natural_key,
    coalesce(k.activity_type, 'electricity.purchased') as activity_type, k."start" as starts, k."end" as ends,
    case when s.is_mixed then 'overlaps another window in part' when s.is_whole then decimal_text(kwh_of(s.joules)) else 'not measured' end as quantity, 'kWh' as unit,
    k.entity, k.site, k.meter, k.region, k.supplier, k.payer, k.hosting, k.system, k.lifecycle_stage, k.coverage, coalesce(k.measurement_point, 'it') as measurement_point,
    coalesce(k.data_quality, 'measured') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    'window ' || s.record['window_name'] || ', ' || s.record['elapsed_time'] || ' s, ' || decimal_text(cast(s.joules as decimal(38,10))) || ' J: ' || array_to_string(list_transform(s.cells, lambda e: e.key), ' + ') as note,
    sha256(cast(s.record as varchar)) as content
from summed s left join source_constant k using (source_id);

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'a window inside another'
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'zeus';
