-- One row per activity and calendar month: quantities split by time, sums conserved to the last digit; readings of sources with `monthly_sum` are added up.
-- A month in which the interest in the entity changes is cut at that day: `month` is then the first day of the part, and the entity row of that day weighs it.
-- Weight of a month = microseconds of the period up to its end less those up to its start, on integers of 1e-10 units: 1e23 units times six years fit 128 bits.
create table ownership_part as
with change as (
    select entity, valid_from as day from entity where day(valid_from) > 1 union select entity, valid_to from entity where day(valid_to) > 1
),
cut as (
    select entity, date_trunc('month', day)::date as month, day as starts from change
    union select entity, date_trunc('month', day)::date, date_trunc('month', day)::date from change
)
select entity, month, starts, coalesce(lead(starts) over (partition by entity, month order by starts), (month + interval 1 month)::date) as ends from cut;

create table month_part as
with usable as (
    select a.*, epoch_us(period_start)::hugeint as first_microsecond, epoch_us(period_end)::hugeint as last_microsecond,
        case when t.allows_negative or a.quantity >= 0 or a.replaces is not null then cast(a.quantity * 10000000000 as hugeint) end as units,
        t.dimension as type_dimension, t.bases as type_bases, t.scope as type_scope
    from activity_row a
    join activity_type t on t.activity_type = a.activity_type
    anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    where a.period_start < a.period_end and (a.site is null or a.known_site is not null) and a.known_entity is not null
        and a.period_end <= a.period_start + interval 6 year and not a.is_none
),
month as (
    select u.*, unnest(range(date_trunc('month', period_start)::timestamp, period_end, interval 1 month)) as calendar_month from usable u
),
held as (
    select m.*, coalesce(o.starts::timestamp, calendar_month) as month, coalesce(o.ends::timestamp, calendar_month + interval 1 month) as month_end
    from month m left join ownership_part o on o.entity = m.entity and o.month = m.calendar_month::date
),
bounded as (
    select h.*, epoch_us(greatest(month, period_start))::hugeint - first_microsecond as microseconds_before,
        epoch_us(least(month_end, period_end))::hugeint - first_microsecond as microseconds_after, last_microsecond - first_microsecond as microseconds_total,
        month > period_start or month_end < period_end as is_split, left(month::date::varchar, case day(month) when 1 then 7 else 10 end) as month_name
    from held h where greatest(month, period_start) < least(month_end, period_end)
),
part as (
    select b.*, case when list_contains(string_split(type_dimension, '|'), dimension)
        then cast(cast((units * microseconds_after) // microseconds_total - (units * microseconds_before) // microseconds_total as decimal(38,0)) * 0.0000000001 as decimal(38,10)) end as part_quantity
    from bounded b
)
select activity_id || case when is_split then '@' || month_name else '' end as activity_id, activity_id as row_activity_id,
    source_id, file_no, row_no, entity, site, meter, activity_type, month::date as month, greatest(month, period_start) as period_start,
    least(month_end, period_end) as period_end, part_quantity as quantity, unit, dimension, region, supplier, payer, hosting, factor_pin,
    data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence, note, coverage, rank, given_role, memo_reason, type_bases, type_scope,
    month_name, start_instant, epoch(end_instant) - epoch(start_instant) as seconds
from part;

-- Readings finer than a month: each stays in its file, the month's sum becomes the activity.
create table interval_reading as -- of: source_option
select p.source_id || ':' || coalesce(p.meter, p.site, p.entity) || '@' || p.month_name
        || case when dense_rank() over same_month > 1 then '#' || dense_rank() over same_month else '' end as activity_id, p.*
from month_part p join source_option o on o.source_id = p.source_id and o.name = 'monthly_sum'
window same_month as (partition by p.source_id, coalesce(p.meter, p.site, p.entity), p.month
    order by p.file_no, p.entity, p.site, p.meter, p.activity_type, p.unit, p.region, p.supplier, p.payer, p.hosting, p.factor_pin, p.data_quality, p.data_origin,
        p.read_status, p.measurement_point, p.system, p.lifecycle_stage);

-- A month with one unusable reading has no sum.
create table activity_month as
select activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit, dimension, region,
    supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence, note, coverage, rank,
    given_role, memo_reason, type_bases, type_scope
from month_part p anti join source_option o on o.source_id = p.source_id and o.name = 'monthly_sum'
union all
select activity_id, activity_id, source_id, file_no, min(row_no), entity, site, meter, activity_type, month, min(period_start), max(period_end),
    case when count(*) = count(quantity) then sum(quantity)::decimal(38,10) end, unit, dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin,
    read_status, null, measurement_point, system, lifecycle_stage, any_value(evidence), 'sum of ' || count(*) || ' readings, rows ' || min(row_no) || ' to ' || max(row_no),
    coverage, rank, given_role, memo_reason, type_bases, type_scope
from interval_reading
group by all;
