-- rule: hourly/value-unusable
-- severity: error
-- stage: 62
-- fix: correct the cells of the file: a stamp with offset (or time_zone in inventory.yaml) and a plain number of 0 or more
-- citation: docs/scope2.md
with fault as (
    select series, sum(readings - usable) || ' of ' || sum(readings) || ' readings are no number of 0 or more, the lowest is ' || coalesce(min(lowest)::varchar, 'none') as fault, null::bigint as row_no
    from hourly_sum where series is not null group by series having sum(readings - usable) > 0 or min(lowest) < 0
    union all
    select series, sum(readings) || ' readings have no usable stamp', null from hourly_sum where microsecond is null and series is not null group by series
    union all
    select d.series, 'the readings of an interval add up to ' || any_value(d.value) || ' ' || s.unit || ', more than any place uses', null
    from hourly_sum d join hourly_series s on s.series = d.series where abs(d.value::double * s.multiplier::double) >= 1e13 group by d.series, s.unit
    union all
    select v.series, count(*) || ' of the rows have no usable stamp or number, the first is row ' || min(v.row_no), min(v.row_no)
    from hourly_value v join hourly_series s on s.series = v.series
    where v.microsecond is null or (s.role = 'generation' and (v.value is null or v.value < 0)) or (s.role = 'intensity' and v.value < 0) group by v.series
)
select null as source_id, null as file_no, row_no, 'hourly:' || series as subject, 'both' as basis, fault as message from fault
