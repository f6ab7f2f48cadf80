-- The rows of a series of intensity or generation, kept one by one.
select series, file_no, row_no, value, total, microsecond from raw
