-- rule: hourly/load-part-of-period
-- severity: warning
-- stage: 62
-- fix: no action where the meter began or ended in the period; else add the hours that are missing
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
with span as (
    select p.period, epoch_us(timezone(getvariable('hourly_zone'), p.starts::timestamp)) as first_microsecond, epoch_us(timezone(getvariable('hourly_zone'), p.ends::timestamp)) as end_microsecond
    from period p where p.is_disclosed
)
select null as source_id, null as file_no, null as row_no, 'hourly:' || m.series as subject, 'both' as basis,
    m.point || ' has hourly load for a part of ' || p.period || ' only: ' || strftime(make_timestamp(m.first_microsecond), '%Y-%m-%d %H:%M') || ' to '
        || strftime(make_timestamp(m.last_microsecond), '%Y-%m-%d %H:%M') || ' UTC' as message
from hourly_meter m join hourly_series s on s.series = m.series
join span p on m.first_microsecond < p.end_microsecond and m.last_microsecond >= p.first_microsecond
where m.first_microsecond > p.first_microsecond or m.last_microsecond + s.minutes * 60000000 < p.end_microsecond
