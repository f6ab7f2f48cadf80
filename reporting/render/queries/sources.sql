-- Every source file with what became of its rows.
select f.source_id, f.path, f.sheet, f.sha256, f.bytes as size, f.rows_read as rows, a.rows_accepted as accepted, a.rows_rejected as rejected,
    a.rows_excluded as excluded
from source_file as f
join row_account as a on a.source_id = f.source_id and a.file_no = f.file_no
order by f.source_id, f.file_no
