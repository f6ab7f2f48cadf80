-- The rows of a text file with their numbers, the header being row 1.
select *, row_number() over () + 1 as file_row_number from raw
