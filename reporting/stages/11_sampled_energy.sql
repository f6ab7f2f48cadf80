-- Samples to kWh, exact: power by the trapezoid between neighbours, counters by their increase; integers of 1e-10 J and 1e-10 kWh, rounded once at the end, half away from zero.
-- Between power samples further apart than max_gap_seconds nothing is interpolated. A counter that falls began again at 0.
create table sample_read as -- of: sample
select * exclude (place) from (
    select s.*, row_number() over (partition by source_id, run, device, kind, microsecond order by file_no desc, row_no desc) as place
    from sample s where value >= 0 and value < case kind when 'power' then 1000000000 else 1000000000000000 end and microsecond is not null
) where place = 1;

-- The same device at the same instant: in two files the later one restates, in one file two devices are mixed.
create table sample_told_twice as -- of: sample
select s.source_id, s.file_no, s.row_no, s.device, s.value, r.file_no as by_file_no, r.row_no as by_row_no, r.value as by_value
from sample s join sample_read r using (source_id, run, device, kind, microsecond)
where s.value <> r.value;

create table sample_step as -- of: sample
with option as (
    select s.source_id, coalesce(max(o.value) filter (where o.name = 'max_gap_seconds')::bigint, 120) as max_gap_seconds,
        coalesce(max(o.value) filter (where o.name = 'time_zone'), 'UTC') as zone
    from source s left join source_option o using (source_id) group by all
),
paired as (
    select r.*, lag(file_no) over series as from_file_no, lag(row_no) over series as from_row_no, lag(microsecond) over series as from_microsecond, lag(value) over series as from_value
    from sample_read r
    window series as (partition by source_id, run, device, kind order by microsecond)
)
select p.*, (microsecond - from_microsecond) // 1000000 as seconds, date_trunc('month', timezone(o.zone, make_timestamptz(from_microsecond)))::date as month,
    kind = 'power' and microsecond - from_microsecond > o.max_gap_seconds * 1000000 as is_gap, kind = 'counter' and value < from_value as is_reset, o.max_gap_seconds
from paired p join option o using (source_id) where from_microsecond is not null;

create table sampled_energy as -- of: sample
with part as (
    select source_id, run, device, kind, month, min(from_microsecond) as first_microsecond, max(microsecond) as last_microsecond, count(*) + 1 as samples,
        arg_min(from_file_no, from_microsecond) as file_no, arg_min(from_row_no, from_microsecond) as row_no, max(row_no) as last_row_no,
        sum(case when is_gap then 0 when kind = 'power' then cast((from_value + value) * 10000000000 as hugeint) * (microsecond - from_microsecond)
            when is_reset then cast(value * 10000000000 as hugeint) else cast((value - from_value) * 10000000000 as hugeint) end)::hugeint as amount
    from sample_step group by all
),
scaled as (select *, case kind when 'power' then 7200000000000::hugeint else 3600000::hugeint end as divisor from part)
select * exclude (amount, divisor), cast(cast((2 * amount + divisor) // (2 * divisor) as decimal(38,0)) * 0.0000000001 as decimal(38,10)) as kwh,
    concat_ws('/', nullif(run, ''), device, strftime(month, '%Y-%m')) as energy_key
from scaled;

insert into activity_input by name -- of: sample
select e.source_id, e.file_no, e.row_no, 1 as part, e.energy_key as activity_id, e.energy_key as natural_key, coalesce(k.activity_type, 'electricity.purchased') as activity_type,
    strftime(make_timestamp(e.first_microsecond // 1000000 * 1000000), '%Y-%m-%dT%H:%M:%SZ') as starts,
    strftime(make_timestamp((e.last_microsecond + 999999) // 1000000 * 1000000), '%Y-%m-%dT%H:%M:%SZ') as ends,
    decimal_text(e.kwh) as quantity, 'kWh' as unit, k.entity, k.site, k.meter, k.region, k.supplier, k.payer, k.hosting, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.measurement_point, 'it') as measurement_point, coalesce(k.data_quality, 'measured') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    case e.kind when 'power' then 'integral of ' || e.samples || ' samples of power' else 'increase of a counter over ' || e.samples || ' samples' end || ', rows ' || e.row_no || ' to '
        || e.last_row_no as note,
    sha256(concat_ws('|', e.energy_key, e.kwh)) as content
from sampled_energy e left join source_constant k using (source_id);

-- Hours of accelerators times their rated power: an upper estimate of the board alone, no processors, no memory, no utilisation.
create table accelerator_estimate as -- of: accelerator_use
with name as (
    select lower(accelerator) as name, accelerator from accelerator where status <> 'unconfirmed' and tdp_w is not null
    union select lower(replace(accelerator, 'NVIDIA ', '')), accelerator from accelerator where status <> 'unconfirmed' and tdp_w is not null and starts_with(accelerator, 'NVIDIA ')
    union select lower(alias), accelerator from accelerator_alias
),
named as (select name, min(accelerator) as accelerator from name group by name having count(distinct accelerator) = 1)
select u.*, a.accelerator as known, a.tdp_w, a.citation, case when u.hours between 0 and 1000000000 and u.devices between 0 and 10000000
        then cast(cast(u.hours * u.devices as decimal(38,10)) * cast(a.tdp_w as decimal(38,4)) * 0.001 as decimal(38,10)) end as kwh
from accelerator_use u left join named n on n.name = lower(trim(u.accelerator)) left join accelerator a on a.accelerator = n.accelerator;

insert into activity_input by name -- of: accelerator_use
select e.source_id, e.file_no, e.row_no, 1 as part, e.use_key as activity_id, e.use_key as natural_key, coalesce(k.activity_type, 'electricity.purchased') as activity_type,
    coalesce(e.starts, k."start") as starts, coalesce(e.ends, k."end") as ends,
    case when e.known is null then 'hours of "' || coalesce(e.accelerator, '') || '", whose rated power is not in accelerators.csv' when e.kwh is null then 'hours not given' else decimal_text(e.kwh) end as quantity,
    'kWh' as unit, k.entity, k.site, k.meter, coalesce(k.region, e.region) as region, coalesce(k.supplier, e.supplier) as supplier, k.payer, coalesce(k.hosting, e.hosting) as hosting, k.system,
    k.lifecycle_stage, k.coverage, coalesce(k.measurement_point, 'it') as measurement_point, coalesce(k.data_quality, 'estimated') as data_quality, coalesce(k.data_origin, 'secondary') as data_origin,
    k.evidence, concat_ws('; ', decimal_text(e.hours) || ' h x ' || decimal_text(e.devices) || ' ' || e.known || ' x ' || decimal_text(e.tdp_w) || ' W rated power, an upper estimate of the board alone ('
        || e.citation || ')', e.note) as note,
    sha256(concat_ws('|', e.use_key, e.accelerator, e.hours, e.devices, e.starts, e.ends)) as content
from accelerator_estimate e left join source_constant k using (source_id);
