-- rule: hourly/generation-beyond-volume
-- severity: error
-- stage: 64
-- of: hourly_series
-- fix: give the hours of the volume that the instrument stands for, no more
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (2), R024
with generated as (
    select s.series, s.key, sum(cast(v.value * s.multiplier as decimal(38,10))) as kwh
    from hourly_series s join hourly_value v on v.series = s.series where s.role = 'generation' group by all
)
select null as source_id, null as file_no, null as row_no, 'hourly:' || g.series as subject, 'both' as basis,
    'the hours of ' || g.key || ' add up to ' || g.kwh::decimal(38,3) || ' kWh, the instrument stands for ' || cast(i.volume * u.multiplier as decimal(38,3)) as message
from generated g join instrument i on i.instrument_id = g.key join unit_conversion u on u.from_unit = i.unit and u.to_unit = 'kWh'
where g.kwh > cast(i.volume * u.multiplier as decimal(38,10))
