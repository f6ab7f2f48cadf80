-- The source rows that a name stands for, with what was found in them or who excluded them: for activities that never came to be. Parameter: asked.
select distinct r.activity_id, s.path, r.row_no, x.reason as excluded_because, f.rule, f.message, f.fix
from activity_row r
join source_file s using (source_id, file_no)
left join excluded_row x using (source_id, file_no, row_no)
left join finding f on f.severity = 'error' and f.source_id = r.source_id and f.file_no = r.file_no and f.row_no = r.row_no
where $asked in (r.activity_id, r.given_id, replace(r.natural_key, chr(31), '/'))
order by all
