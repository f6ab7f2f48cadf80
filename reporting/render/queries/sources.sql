-- Every source file with what became of its rows: excluded on purpose, rejected by an error, else accepted; counted from the rows themselves.
with excluded as (
    select distinct source_id, file_no, row_no from excluded_row
), error_row as (
    select source_id, file_no, row_no from rejected_row
    union
    select source_id, file_no, row_no from finding where severity = 'error' and row_no is not null
), rejected as (
    from error_row except select source_id, file_no, row_no from excluded
), accepted as (
    select source_id, file_no, row_no from activity_row
    except select source_id, file_no, row_no from excluded
    except select source_id, file_no, row_no from rejected
), fate as (
    select source_id, file_no, 1 as accepted, 0 as rejected, 0 as excluded from accepted
    union all select source_id, file_no, 0, 1, 0 from rejected
    union all select source_id, file_no, 0, 0, 1 from excluded
)
select f.source_id, f.path, f.sheet, f.sha256, f.bytes as size, f.rows_read as rows, coalesce(sum(fate.accepted), 0)::bigint as accepted,
    coalesce(sum(fate.rejected), 0)::bigint as rejected, coalesce(sum(fate.excluded), 0)::bigint as excluded
from source_file as f
left join fate on fate.source_id = f.source_id and fate.file_no = f.file_no
group by f.source_id, f.file_no, f.path, f.sheet, f.sha256, f.bytes, f.rows_read
order by f.source_id, f.file_no
