-- Every file read, with its account of rows.
select path, sheet, sha256, rows_in, rows_accepted, rows_rejected, rows_excluded from row_account order by source_id, file_no
