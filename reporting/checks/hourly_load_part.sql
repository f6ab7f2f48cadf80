-- rule: hourly/load-part-of-period
-- severity: warning
-- stage: 62
-- fix: no action where the meter began or ended in the period; else add the hours that are missing
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
with span as (
    select p.period, epoch_us(timezone(getvariable('hourly_zone'), p.starts::timestamp)) // 900000000 as first_slot, epoch_us(timezone(getvariable('hourly_zone'), p.ends::timestamp)) // 900000000 as end_slot
    from period p where p.is_disclosed
)
select null as source_id, null as file_no, null as row_no, 'hourly:' || m.series as subject, 'both' as basis,
    'meter ' || m.meter || m.site || ' has hourly load for a part of ' || p.period || ' only: ' || strftime(to_timestamp(m.first_slot * 900), '%Y-%m-%d %H:%M') || ' to '
        || strftime(to_timestamp(m.last_slot * 900), '%Y-%m-%d %H:%M') || ' UTC' as message
from hourly_meter m join hourly_series s on s.series = m.series join span p on m.first_slot < p.end_slot and m.last_slot >= p.first_slot
where m.first_slot > p.first_slot or m.last_slot + s.minutes // 15 < p.end_slot
