-- What the rows of each source are, one aspect a line: their sums by type and unit, what cannot be used, what is left out or refused, times and quality.
create table way as
select source_id, coalesce(max(value) filter (where name = 'thousands'), '') as thousands, coalesce(max(value) filter (where name = 'decimal_comma'), '') in ('True', 'true') as is_comma
from source_option group by all;
create macro amount_in(text, thousands, is_comma) as
    number_in(case when is_comma then replace(replace(text, thousands, ''), ',', '.') else replace(text, coalesce(thousands, ''), '') end);
create view told as
select i.source_id, i.file_no, i.row_no, i.part, concat_ws(' ', i.role, i.activity_type, i.unit) as kind, i.quantity, i.starts, i.ends, i.data_quality, i.read_status, i.replaces,
    amount_in(i.quantity, w.thousands, w.is_comma) as number
from activity_input i left join way w using (source_id);
create temp table said as from told;
create view seen as
select source_id, kind as aspect, decimal_text(sum(number)) as value from said where number is not null group by all
union all select source_id, 'unusable', string_agg(left(coalesce(quantity, 'nothing'), 60), ', ' order by file_no, row_no, part) from said where number is null group by all
union all select source_id, 'left out', count(*)::varchar from row_left_out group by all
union all select source_id, 'refused', string_agg(left(reason, 60), ', ' order by file_no, row_no) from rejected_row group by all
union all select source_id, 'period', min(starts) || ' to ' || max(ends) from said group by all
union all select source_id, 'seconds', sum(epoch(try_cast(ends as timestamptz)) - epoch(try_cast(starts as timestamptz)))::bigint::varchar from said group by all
union all select source_id, 'rows ' || data_quality, count(*)::varchar from said where data_quality is not null group by all
union all select source_id, 'rows ' || read_status, count(*)::varchar from said where read_status is not null group by all
union all select source_id, 'rows that replace', count(replaces)::varchar from said group by all
