-- The rows of the next hybrid: of each pair the old or the new one, by the causes that are taken. Rows of a new file that continues an old one go into the old one, past its end.
create or replace table restatement.hybrid_row as
with chosen as (
    select p.*, p.old_row_no is null or (p.new_row_no is not null and p.cause in (from restatement.taken)) as is_new, case when p.old_row_no is null or p.new_row_no is null then null
        when p.exclusion_cause = '' then null else p.exclusion_cause in (from restatement.taken) end as takes_new_exclusion
    from restatement.row_pair p
    where p.cause = 'same' or (p.old_row_no is not null and p.new_row_no is not null) or (p.old_row_no is null and p.cause in (from restatement.taken))
        or (p.new_row_no is null and p.cause not in (from restatement.taken))
)
select c.pair_no, c.source_id, c.is_new, coalesce(c.takes_new_exclusion, c.is_new) as has_new_exclusion, c.old_file_no, c.old_row_no, c.new_file_no, c.new_row_no,
    case when not c.is_new then c.old_file_no else coalesce(f.old_file_no, c.new_file_no + 1000000) end as file_no,
    case when not c.is_new then c.old_row_no when f.old_file_no is null then c.new_row_no else c.new_row_no + 1000000000 end as row_no
from chosen c left join restatement.file_pair f on f.source_id = c.source_id and f.new_file_no = c.new_file_no;
