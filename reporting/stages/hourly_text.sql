-- A series of text: the stamp has an offset, or the wall clock of a named zone; microseconds since 1970 or NULL, which is a finding.
select series, file_no, row_no, meter, try_cast(value as decimal(18,8)) as value, try_cast(nullif(total, '') as decimal(18,4)) as total,
    epoch_us(case when regexp_full_match(trim(stamp), '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)') then try_cast(stamp as timestamptz)
        when zone <> '' and regexp_full_match(trim(stamp), '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?') then timezone(zone, try_cast(stamp as timestamp)) end) as microsecond
from raw
