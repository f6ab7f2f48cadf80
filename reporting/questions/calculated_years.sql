-- The years that the start and end dates of a CSV file name, as text. Parameter: path.
with cell as (
    select unnest([columns(['start', 'end'])]) as text from read_csv($path, header = true, all_varchar = true, ignore_errors = true, strict_mode = false)
)
select distinct regexp_extract(text, '(19|20)\d\d') as year from cell where regexp_matches(text, '(19|20)\d\d') order by year
