-- A series of timestamps on the wall clock of a named zone; the hour that the clocks repeat in autumn cannot be told apart and shows as read twice.
select series, file_no, row_no, meter, try_cast(value as decimal(18,8)) as value, try_cast(nullif(total, '') as decimal(18,4)) as total,
    epoch_us(timezone(zone, stamp::timestamp)) as microsecond from raw
