-- Source rows that exclusions.csv takes out, by row number or by activity id; they are counted, never lost.
create table excluded_row as
select x.row_no as exclusion_no, r.source_id, r.file_no, r.row_no, x.kind, x.reason, x.estimated_t_co2e, x.stated_by, x.approved_by
from exclusion x
join source_file f on f.source_id = x.source_id and (x.file is null or f.path = x.file or parse_filename(f.path) = x.file)
join (select source_id, file_no, row_no, null as activity_id, null as given_id from source_row
      union select source_id, file_no, row_no, null, null from rejected_row
      union all select source_id, file_no, row_no, activity_id, given_id from activity_row) r on r.source_id = f.source_id and r.file_no = f.file_no
where (x.source_row is not null and r.row_no = x.source_row and r.activity_id is null)
   or (x.source_row is null and x.activity_id in (r.activity_id, r.given_id));
