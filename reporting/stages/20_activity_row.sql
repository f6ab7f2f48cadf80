-- One typed row per source row and part. A cell that does not parse becomes NULL here and a finding in checks/; it never becomes zero.
-- What a connector of a format gives is written plainly already; only the cells of any table are read as their source writes them.
-- Dates: an `end` that is a date is inclusive, a timestamp end is exclusive; the columns are half-open, on the wall clock of the source's zone.
create table activity_row as
with option as (
    select s.source_id, s.rank, s.data_quality as source_quality, s.data_origin as source_origin, s.position as source_position,
        max(o.value) filter (where o.name = 'date_pattern') as date_pattern, max(o.value) filter (where o.name = 'date_order') as date_order, max(o.value) filter (where o.name = 'time_zone') as time_zone,
        any_value(s.connector) in ('activity_csv', 'mapping') as is_mapped, max(o.value) filter (where o.name = 'thousands' and s.connector in ('activity_csv', 'mapping')) as thousands,
        coalesce(bool_or(o.name = 'decimal_comma' and s.connector in ('activity_csv', 'mapping')), false) as decimal_comma,
        coalesce(bool_or(o.name = 'empty_means_none'), false) as empty_means_none, coalesce(bool_or(o.name = 'zero_means_none'), false) as zero_means_none
    from source s left join source_option o using (source_id) group by all
),
named as (
    select i.* replace (as_typed(i.quantity, o.thousands) as quantity), o.* exclude (source_id),
        coalesce(i.activity_id, nullif(replace(i.natural_key, chr(31), '/'), ''), left(i.content, 16)) || case when i.part > 1 then '.' || i.part else '' end as name,
        coalesce(t.activity_type, a.activity_type) as known_type, coalesce(u.unit, x.unit) as known_unit,
        replace(as_typed(i.quantity, o.thousands), coalesce(o.thousands, ''), '') as plain_quantity
    from activity_input i join option o using (source_id)
    left join activity_type t on t.activity_type = i.activity_type
    left join activity_type_alias a on a.alias = lower(i.activity_type)
    left join unit u on u.unit = i.unit
    left join unit_alias x on x.alias = i.unit
),
parsed as (
    select n.*,
        case when decimal_comma then replace(plain_quantity, ',', '.') else plain_quantity end as number_text,
        case when is_mapped and date_pattern is not null or regexp_full_match(starts, date_pattern) then case when regexp_full_match(starts, date_pattern) then try_cast(regexp_replace(starts, date_pattern, date_order) as timestamp) end
            when regexp_full_match(starts, '\d{4}-\d{2}-\d{2}') then try_cast(starts as timestamp)
            when regexp_full_match(starts, '\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}(:?\d{2})?)') and time_zone is not null then timezone(time_zone, try_cast(starts as timestamptz))
            when regexp_full_match(starts, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)')
                then try_cast(regexp_replace(starts, ' ?(Z|[+-]\d{2}(:?\d{2})?)$', '') as timestamp)
            when regexp_full_match(starts, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?') and (time_zone is not null or contains(date_order, ':')) then try_cast(starts as timestamp) end as start_time,
        case when is_mapped and date_pattern is not null or regexp_full_match(ends, date_pattern) then case when regexp_full_match(ends, date_pattern) then try_cast(regexp_replace(ends, date_pattern, date_order) as timestamp) end
            when regexp_full_match(ends, '\d{4}-\d{2}-\d{2}') then try_cast(ends as timestamp)
            when regexp_full_match(ends, '\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}(:?\d{2})?)') and time_zone is not null then timezone(time_zone, try_cast(ends as timestamptz))
            when regexp_full_match(ends, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)')
                then try_cast(regexp_replace(ends, ' ?(Z|[+-]\d{2}(:?\d{2})?)$', '') as timestamp)
            when regexp_full_match(ends, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?') and (time_zone is not null or contains(date_order, ':')) then try_cast(ends as timestamp) end as end_time,
        case when is_mapped and date_pattern is not null or regexp_full_match(ends, date_pattern) then not contains(date_order, ':') else regexp_full_match(ends, '\d{4}-\d{2}-\d{2}') end as is_end_inclusive,
        not (is_mapped and date_pattern is not null) and regexp_full_match(starts, '\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}(:?\d{2})?)')
            and regexp_full_match(ends, '\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}(:?\d{2})?)') as has_offset
    from named n
),
timed as (
    select *, case when has_offset then epoch_us(try_cast(ends as timestamptz)) - epoch_us(try_cast(starts as timestamptz)) end as true_microseconds from parsed
),
typed as (
    select p.*, start_time as period_start,
        case when is_end_inclusive then end_time + interval 1 day
            -- With offsets what is shorter than a day has its true length, whatever the clocks did in between. A longer row ends on the clock on the wall
            -- (a month of 745 hours is that month), unless its offsets differ by more than clocks are put forward or back.
            when true_microseconds < 86400000000 or (time_zone is null and abs(true_microseconds - epoch_us(end_time) + epoch_us(start_time)) > 3600000000) then start_time + to_microseconds(true_microseconds)
            else end_time end as period_end,
        case when regexp_full_match(number_text, '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?')
                and not (decimal_comma and contains(plain_quantity, '.'))
                and (thousands is null or not contains(quantity, thousands)
                    or regexp_full_match(replace(quantity, thousands, '_'), '[+-]?[0-9]{1,3}(_[0-9]{3})+([.,][0-9]+)?'))
            then try_cast(number_text as decimal(38,10)) end as number
    from timed p
)
select t.source_id, t.file_no, t.row_no, t.part,
    t.source_id || ':' || t.name || case when row_number() over same_name > 1 then '#' || row_number() over same_name else '' end as activity_id,
    row_number() over same_name as occurrence, first_value(t.row_no) over same_name as first_row_no,
    t.activity_id as given_id, t.natural_key, t.activity_type as type_text, t.known_type as activity_type, t.starts, t.ends, t.period_start, t.period_end,
    t.quantity as quantity_text, t.number_text, t.number, case when abs(t.number) < 1e13::decimal(38,10) then t.number end as quantity,
    t.unit as unit_text, t.known_unit as unit, u.dimension, t.site, s.site as known_site, coalesce(t.entity, s.entity) as entity, e.entity as known_entity,
    t.meter, m.meter as known_meter, coalesce(t.region, s.region, e.country) as region, coalesce(t.supplier, '') as supplier, coalesce(t.payer, '') as payer,
    coalesce(t.hosting, s.tenure, 'own') as hosting, t.factor as factor_pin, coalesce(t.data_quality, nullif(t.source_quality, ''), 'not_stated') as data_quality,
    coalesce(t.data_origin, nullif(t.source_origin, ''), 'not_stated') as data_origin, coalesce(t.read_status, 'actual') as read_status, t.replaces,
    coalesce(t.measurement_point, 'facility') as measurement_point, coalesce(t.system, '') as system, coalesce(t.lifecycle_stage, '') as lifecycle_stage,
    t.evidence, t.note, t.uncertainty, coalesce(c.coverage, t.coverage, t.meter, p.coverage, '') as coverage, t.rank, t.stated, t.role as given_role, t.memo_reason,
    case when t.has_offset then try_cast(t.starts as timestamptz) else timezone('UTC', t.period_start) end as start_instant,
    case when t.has_offset then try_cast(t.ends as timestamptz) else timezone('UTC', t.period_end) end as end_instant, t.has_offset,
    (t.quantity is null and t.empty_means_none) or (t.zero_means_none and t.number = 0) as is_none
from typed t
left join unit u on u.unit = t.known_unit
left join site s on s.site = t.site
left join (select entity, any_value(country) as country from entity group by entity) e on e.entity = coalesce(t.entity, s.entity)
left join meter m on m.meter = t.meter
left join coverage_name c on c.name = lower(trim(coalesce(t.coverage, t.meter)))
left join coverage_name p on p.name = lower(trim(t.supplier))
window same_name as (partition by t.source_id, t.name order by t.file_no, t.row_no);
