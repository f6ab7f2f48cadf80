-- Exports overlap: what several files of a source say of one thing, known by its natural key, counts once. The newest says it: by version where the
-- format has one, else the last file by name. The others stay in source_row and here: `again` says the same, `restated` says something else.
create table superseded_row as
with told as (
    select source_id, natural_key, part, file_no, coalesce(version, '') as version, min(row_no) as row_no,
        list(concat_ws(chr(31), coalesce(activity_type, ''), coalesce(starts, ''), coalesce(ends, ''), coalesce(quantity, ''), coalesce(unit, ''), coalesce(entity, ''), coalesce(site, ''),
            coalesce(meter, ''), coalesce(region, ''), coalesce(supplier, ''), coalesce(hosting, ''), coalesce(payer, '')) order by row_no) as says,
        string_agg(concat_ws(' ', quantity, unit), ' + ' order by row_no) as amount
    from activity_input where coalesce(natural_key, '') <> '' group by all
),
placed as (
    select *, row_number() over newest as place, first_value(file_no) over newest as by_file_no, first_value(row_no) over newest as by_row_no,
        first_value(says) over newest as newest_says, first_value(amount) over newest as by_amount
    from told
    window newest as (partition by source_id, natural_key, part order by version desc, file_no desc)
)
select i.source_id, i.file_no, i.row_no, i.part, i.natural_key, case when p.says = p.newest_says then 'again' else 'restated' end as kind, i.quantity, i.unit,
    p.row_no as first_row_no, p.amount, p.by_file_no, p.by_row_no, p.by_amount
from activity_input i
join placed p on p.source_id = i.source_id and p.natural_key = i.natural_key and p.part = i.part and p.file_no = i.file_no and p.version = coalesce(i.version, '')
where p.place > 1;

delete from activity_input i using superseded_row s -- of: superseded_row
where i.source_id = s.source_id and i.file_no = s.file_no and i.row_no = s.row_no and i.part = s.part;
