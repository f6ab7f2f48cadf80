-- The tables of a hybrid that are neither wholly old nor wholly new. What exists on one side alone (a source, entity, site, view) is there from the beginning: without rows it
-- changes nothing, and rows that are added need it; what is gone stays until the last cause is taken. The catalog `hybrid` is the default one.
insert into source
select n.* from given_new.source n where 'import' in (from restatement.taken) or n.source_id not in (select source_id from given_old.source)
union all
select o.* from given_old.source o where case when o.source_id in (select source_id from given_new.source) then 'import' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into source_option
select n.* from given_new.source_option n where 'import' in (from restatement.taken) or n.source_id not in (select source_id from given_old.source)
union all
select o.* from given_old.source_option o where case when o.source_id in (select source_id from given_new.source) then 'import' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into source_covers
select n.* from given_new.source_covers n where 'import' in (from restatement.taken) or n.source_id not in (select source_id from given_old.source)
union all
select o.* from given_old.source_covers o where case when o.source_id in (select source_id from given_new.source) then 'import' not in (from restatement.taken) else 'all' not in (from restatement.taken) end;

-- Columns and constants of a part that both sides have move with the cause of what they feed; other parts are a matter of the import.
insert into part_column
select n.* from given_new.part_column n left join restatement.part_cause c on c.source_id = n.source_id and c.part = n.part and c.target = n.target
where n.source_id not in (select source_id from given_old.source) or coalesce(c.cause, 'import') in (from restatement.taken)
union all
select o.* from given_old.part_column o left join restatement.part_cause c on c.source_id = o.source_id and c.part = o.part and c.target = o.target
where case when o.source_id in (select source_id from given_new.source) then coalesce(c.cause, 'import') not in (from restatement.taken) else 'all' not in (from restatement.taken) end;
insert into part_constant
select n.* from given_new.part_constant n left join restatement.part_cause c on c.source_id = n.source_id and c.part = n.part and c.target = n.target
where n.source_id not in (select source_id from given_old.source) or coalesce(c.cause, 'import') in (from restatement.taken)
union all
select o.* from given_old.part_constant o left join restatement.part_cause c on c.source_id = o.source_id and c.part = o.part and c.target = o.target
where case when o.source_id in (select source_id from given_new.source) then coalesce(c.cause, 'import') not in (from restatement.taken) else 'all' not in (from restatement.taken) end;

-- Files and rows. Stated totals of what changes are compared again once everything is in place.
insert into source_file
select o.* from given_old.source_file o semi join restatement.hybrid_row h on h.source_id = o.source_id and h.file_no = o.file_no
union all
select n.source_id, n.file_no + 1000000, n.path || case when exists (from given_old.source_file o where o.source_id = n.source_id and o.path = n.path) then ' (new)' else '' end, n.sheet, n.sha256, n.bytes, n.rows_read
from given_new.source_file n semi join restatement.hybrid_row h on h.source_id = n.source_id and h.file_no = n.file_no + 1000000;
insert into source_column
select o.* from given_old.source_column o semi join source_file f on f.source_id = o.source_id and f.file_no = o.file_no
union all
select n.source_id, n.file_no + 1000000, n.position, n.name from given_new.source_column n semi join source_file f on f.source_id = n.source_id and f.file_no = n.file_no + 1000000;
insert into source_row
select h.source_id, h.file_no, h.row_no, r.cells from restatement.hybrid_row h
join given_old.source_row r on not h.is_new and r.source_id = h.source_id and r.file_no = h.old_file_no and r.row_no = h.old_row_no
union all
select h.source_id, h.file_no, h.row_no, r.cells from restatement.hybrid_row h
join given_new.source_row r on h.is_new and r.source_id = h.source_id and r.file_no = h.new_file_no and r.row_no = h.new_row_no;
insert into rejected_row
select h.source_id, h.file_no, h.row_no, r.reason, r.text from restatement.hybrid_row h
join given_old.rejected_row r on not h.is_new and r.source_id = h.source_id and r.file_no = h.old_file_no and r.row_no = h.old_row_no
union all
select h.source_id, h.file_no, h.row_no, r.reason, r.text from restatement.hybrid_row h
join given_new.rejected_row r on h.is_new and r.source_id = h.source_id and r.file_no = h.new_file_no and r.row_no = h.new_row_no;
insert into finding
select o.* from given_old.finding o where 'added' not in (from restatement.taken) union all select n.* from given_new.finding n where 'added' in (from restatement.taken);
insert into stated_total
select o.* from given_old.stated_total o where o.source_id not in (from restatement.touched)
union all
select n.* from given_new.stated_total n where n.source_id in (from restatement.touched) and 'all' in (from restatement.taken);

-- Corrections go with the version of the row that they were written for, exclusions by their own cause; both are bound to the rows of the hybrid by file and row.
insert into correction
with bound as (
    select distinct h.source_id, h.file_no, h.row_no, c.column_name, c.old, c.new, c.reason, c.stated_by, c.date, c.row_no as number
    from restatement.hybrid_row h join run_old.correction_cell k on not h.is_new and k.source_id = h.source_id and k.file_no = h.old_file_no and k.row_no = h.old_row_no
    join given_old.correction c on c.row_no = k.correction_no
    union all
    select distinct h.source_id, h.file_no, h.row_no, c.column_name, c.old, c.new, c.reason, c.stated_by, c.date, c.row_no
    from restatement.hybrid_row h join run_new.correction_cell k on h.is_new and k.source_id = h.source_id and k.file_no = h.new_file_no and k.row_no = h.new_row_no
    join given_new.correction c on c.row_no = k.correction_no
),
loose as (
    select c.* from given_old.correction c anti join run_old.correction_cell k on k.correction_no = c.row_no where 'corrected' not in (from restatement.taken)
    union all select c.* from given_new.correction c anti join run_new.correction_cell k on k.correction_no = c.row_no where 'corrected' in (from restatement.taken)
)
select row_number() over (order by number, source_id, file_no, row_no), source_id, activity_id, file, row_no, column_name, old, new, reason, stated_by, date
from (
    select b.number, b.source_id, b.file_no, null as activity_id, f.path as file, b.row_no, b.column_name, b.old, b.new, b.reason, b.stated_by, b.date
    from bound b join source_file f on f.source_id = b.source_id and f.file_no = b.file_no
    union all
    select l.row_no, l.source_id, 0, l.activity_id, l.file, l.source_row, l.column_name, l.old, l.new, l.reason, l.stated_by, l.date from loose l
);
insert into exclusion
with bound as (
    select distinct h.source_id, h.file_no, h.row_no, x.kind, x.reason, x.estimated_t_co2e, x.stated_by, x.approved_by, x.date, x.row_no as number
    from restatement.hybrid_row h join run_old.excluded_row e on not h.has_new_exclusion and e.source_id = h.source_id and e.file_no = h.old_file_no and e.row_no = h.old_row_no
    join given_old.exclusion x on x.row_no = e.exclusion_no
    union all
    select distinct h.source_id, h.file_no, h.row_no, x.kind, x.reason, x.estimated_t_co2e, x.stated_by, x.approved_by, x.date, x.row_no
    from restatement.hybrid_row h join run_new.excluded_row e on h.has_new_exclusion and e.source_id = h.source_id and e.file_no = h.new_file_no and e.row_no = h.new_row_no
    join given_new.exclusion x on x.row_no = e.exclusion_no
),
loose as (
    select x.* from given_old.exclusion x anti join run_old.excluded_row e on e.exclusion_no = x.row_no where 'exclusion' not in (from restatement.taken)
    union all select x.* from given_new.exclusion x anti join run_new.excluded_row e on e.exclusion_no = x.row_no where 'exclusion' in (from restatement.taken)
)
select row_number() over (order by number, source_id, file_no, row_no), source_id, activity_id, file, row_no, kind, reason, estimated_t_co2e, stated_by, approved_by, date
from (
    select b.number, b.source_id, b.file_no, null as activity_id, f.path as file, b.row_no, b.kind, b.reason, b.estimated_t_co2e, b.stated_by, b.approved_by, b.date
    from bound b join source_file f on f.source_id = b.source_id and f.file_no = b.file_no
    union all
    select l.row_no, l.source_id, 0, l.activity_id, l.file, l.source_row, l.kind, l.reason, l.estimated_t_co2e, l.stated_by, l.approved_by, l.date from loose l
);
