-- What differs in the inputs, in words, by cause; a cause without a line here changes nothing and is not run.
create table restatement.part_cause as
with shared as (
    select distinct o.source_id, o.part from (select source_id, part from given_old.part_column union select source_id, part from given_old.part_constant) o
    join (select source_id, part from given_new.part_column union select source_id, part from given_new.part_constant) n on n.source_id = o.source_id and n.part = o.part
),
target as (
    select source_id, part, target from given_old.part_column union select source_id, part, target from given_new.part_column
    union select source_id, part, target from given_old.part_constant union select source_id, part, target from given_new.part_constant
)
select t.source_id, t.part, t.target, case when b.source_id is null then 'import' else coalesce(nullif(c.cause, ''), 'import') end as cause
from target t left join shared b on b.source_id = t.source_id and b.part = t.part left join restatement.column_cause c on c.kind = 'target' and c.name = t.target;

create table restatement.place as
select p.pair_no, 'old' as side, f.path || case when f.sheet = '' then '' else ' [' || f.sheet || ']' end as file, p.old_row_no as row_no
from restatement.row_pair p join given_old.source_file f on f.source_id = p.source_id and f.file_no = p.old_file_no
union all
select p.pair_no, 'new', f.path || case when f.sheet = '' then '' else ' [' || f.sheet || ']' end, p.new_row_no
from restatement.row_pair p join given_new.source_file f on f.source_id = p.source_id and f.file_no = p.new_file_no;

create table restatement.row_quantity as
with part as (
    select 'old' as side, source_id, file_no, row_no, part, quantity, unit, quantity_text, unit_text from run_old.activity_row where not is_none
    union all select 'new', source_id, file_no, row_no, part, quantity, unit, quantity_text, unit_text from run_new.activity_row where not is_none
)
select side, source_id, file_no, row_no, string_agg(case when quantity is null then coalesce('"' || quantity_text || '"', 'no quantity') when contains(quantity::varchar, '.') then rtrim(rtrim(quantity::varchar, '0'), '.')
    else quantity::varchar end || ' ' || coalesce(unit, unit_text, ''), ' + ' order by part) as quantity
from part group by all;

insert into restatement.change
select p.cause, coalesce(n.file || ':' || n.row_no, o.file || ':' || o.row_no), case when p.new_words <> '' then p.old_words else coalesce(q.quantity, '') end,
    case when p.new_words <> '' then p.new_words else coalesce(w.quantity, '') end
from restatement.row_pair p
left join restatement.place o on o.pair_no = p.pair_no and o.side = 'old'
left join restatement.place n on n.pair_no = p.pair_no and n.side = 'new'
left join restatement.row_quantity q on q.side = 'old' and q.source_id = p.source_id and q.file_no = p.old_file_no and q.row_no = p.old_row_no
left join restatement.row_quantity w on w.side = 'new' and w.source_id = p.source_id and w.file_no = p.new_file_no and w.row_no = p.new_row_no
where p.cause <> 'same';
insert into restatement.change
select p.exclusion_cause, n.file || ':' || n.row_no, case when p.old_excluded = '' then 'counted' else 'excluded as ' || replace(p.old_excluded, '_', ' ') end,
    case when p.new_excluded = '' then 'counted' else 'excluded as ' || replace(p.new_excluded, '_', ' ') end
from restatement.row_pair p join restatement.place n on n.pair_no = p.pair_no and n.side = 'new' where p.exclusion_cause <> '';

-- Corrections and exclusions that match nothing, and files that could not be read.
insert into restatement.change
with loose as (
    select 'corrected' as cause, 'old' as side, 'corrections.csv, ' || c.source_id || ', ' || coalesce(c.activity_id, 'row ' || c.source_row) || ', ' || c.column_name as subject
    from given_old.correction c anti join run_old.correction_cell k on k.correction_no = c.row_no
    union all select 'corrected', 'new', 'corrections.csv, ' || c.source_id || ', ' || coalesce(c.activity_id, 'row ' || c.source_row) || ', ' || c.column_name
    from given_new.correction c anti join run_new.correction_cell k on k.correction_no = c.row_no
    union all select 'exclusion', 'old', 'exclusions.csv, ' || x.source_id || ', ' || coalesce(x.activity_id, 'row ' || x.source_row) from given_old.exclusion x anti join run_old.excluded_row e on e.exclusion_no = x.row_no
    union all select 'exclusion', 'new', 'exclusions.csv, ' || x.source_id || ', ' || coalesce(x.activity_id, 'row ' || x.source_row) from given_new.exclusion x anti join run_new.excluded_row e on e.exclusion_no = x.row_no
    union all select 'added', 'old', message from given_old.finding union all select 'added', 'new', message from given_new.finding
)
select cause, subject, case when bool_or(side = 'old') then 'there' else '' end, case when bool_or(side = 'new') then 'there' else '' end from loose group by cause, subject having count(distinct side) = 1;

-- How a source is read.
insert into restatement.change
with setting as (
    select 'old' as side, source_id, 'import' as cause, 'connector' as name, connector as value from given_old.source union all select 'new', source_id, 'import', 'connector', connector from given_new.source
    union all select 'old', source_id, 'import', 'rank', rank from given_old.source union all select 'new', source_id, 'import', 'rank', rank from given_new.source
    union all select 'old', source_id, 'import', 'data_quality', data_quality from given_old.source union all select 'new', source_id, 'import', 'data_quality', data_quality from given_new.source
    union all select 'old', source_id, 'import', 'data_origin', data_origin from given_old.source union all select 'new', source_id, 'import', 'data_origin', data_origin from given_new.source
    union all select 'old', source_id, 'import', 'tolerance', tolerance_kg::varchar from given_old.source union all select 'new', source_id, 'import', 'tolerance', tolerance_kg::varchar from given_new.source
    union all select 'old', source_id, 'import', name, value from given_old.source_option union all select 'new', source_id, 'import', name, value from given_new.source_option
    union all select 'old', source_id, 'import', 'covers', string_agg(figure, ', ' order by figure) from given_old.source_covers group by source_id
    union all select 'new', source_id, 'import', 'covers', string_agg(figure, ', ' order by figure) from given_new.source_covers group by source_id
    union all select 'old', p.source_id, c.cause, p.target || ' of part ' || p.part, 'column ' || p.column_name from given_old.part_column p join restatement.part_cause c on c.source_id = p.source_id and c.part = p.part and c.target = p.target
    union all select 'new', p.source_id, c.cause, p.target || ' of part ' || p.part, 'column ' || p.column_name from given_new.part_column p join restatement.part_cause c on c.source_id = p.source_id and c.part = p.part and c.target = p.target
    union all select 'old', p.source_id, c.cause, 'constant ' || p.target || ' of part ' || p.part, p.value from given_old.part_constant p join restatement.part_cause c on c.source_id = p.source_id and c.part = p.part and c.target = p.target
    union all select 'new', p.source_id, c.cause, 'constant ' || p.target || ' of part ' || p.part, p.value from given_new.part_constant p join restatement.part_cause c on c.source_id = p.source_id and c.part = p.part and c.target = p.target
),
shared as (select source_id from given_old.source intersect select source_id from given_new.source)
select cause, 'source ' || source_id || ': ' || name, coalesce(max(value) filter (where side = 'old'), ''), coalesce(max(value) filter (where side = 'new'), '')
from setting where source_id in (from shared) group by cause, source_id, name
having coalesce(max(value) filter (where side = 'old'), '') <> coalesce(max(value) filter (where side = 'new'), '');

create table restatement.touched as
select source_id from restatement.row_pair where cause <> 'same' or exclusion_cause <> ''
union select source_id from restatement.remapped
union select s.source_id from given_old.source s join restatement.change c on starts_with(c.subject, 'source ' || s.source_id || ': ')
union (select source_id from (from given_old.stated_total except from given_new.stated_total))
union (select source_id from (from given_new.stated_total except from given_old.stated_total));
