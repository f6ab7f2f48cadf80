-- What the rows of each source are, one aspect a line: their sums by type and unit, what cannot be used, what is left out or refused, times and quality.
create macro amount_in(text, thousands, is_comma) as
    number_in(case when is_comma then replace(replace(text, thousands, ''), ',', '.') else replace(text, thousands, '') end);
create view seen as
with way as (
    select s.source_id, coalesce(max(o.value) filter (where o.name = 'thousands'), '') as thousands,
        coalesce(max(o.value) filter (where o.name = 'decimal_comma'), '') in ('True', 'true') as is_comma
    from source s left join source_option o using (source_id) group by all
),
told as (select i.*, amount_in(i.quantity, w.thousands, w.is_comma) as number from activity_input i join way w using (source_id))
select source_id, concat_ws(' ', role, activity_type, unit) as aspect, decimal_text(sum(number)) as value from told where number is not null group by all
union all select source_id, 'unusable', string_agg(left(coalesce(quantity, 'nothing'), 60), ', ' order by file_no, row_no, part) from told
    where number is null group by all
union all select source_id, 'left out', count(*)::varchar from row_left_out group by all
union all select source_id, 'refused', string_agg(left(reason, 60), ', ' order by file_no, row_no) from rejected_row group by all
union all select source_id, 'period', min(starts) || ' to ' || max(ends) from told group by all
union all select source_id, 'seconds', sum(epoch(try_cast(ends as timestamptz)) - epoch(try_cast(starts as timestamptz)))::bigint::varchar from told group by all
union all select source_id, 'rows ' || data_quality, count(*)::varchar from told where data_quality is not null group by all
union all select source_id, 'rows ' || read_status, count(*)::varchar from told where read_status is not null group by all
union all select source_id, 'rows that replace', count(replaces)::varchar from told group by all
