-- A series of timestamps with offset, or of timestamps without, which are UTC where no zone is named.
select series, file_no, row_no, meter, try_cast(value as decimal(18,8)) as value, try_cast(nullif(total, '') as decimal(18,4)) as total, epoch_us(stamp) as microsecond from raw
