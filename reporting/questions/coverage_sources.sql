-- Rows in, accepted, rejected and excluded of every file, in the order of the inventory.
select r.source_id, r.path, r.sheet, r.rows_in, r.rows_accepted, r.rows_rejected, r.rows_excluded
from row_account r join source s using (source_id)
order by s.position, r.file_no
