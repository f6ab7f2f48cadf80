-- Source rows with corrections applied, then one row of text per activity: connectors `activity_csv` and `mapping`.
-- Connectors with rules of their own (connectors/*.sql) insert into activity_input as well.

-- The names by which corrections and exclusions call a file: path or last part of it, or none; where several sheets of a workbook are read, with the sheet in
-- brackets, as in `bills.xlsx [July]`, and never without: the same row number stands on each.
-- '' is every file, for those that name an activity.
create view file_name as
with sheet as (select source_id, file_no, path, parse_filename(path) as short, case when count(*) over (partition by source_id, path) > 1 then ' [' || sheet || ']' else '' end as bracket from source_file)
select source_id, file_no, path || bracket as name from sheet
union select source_id, file_no, short || bracket from sheet
union select source_id, file_no, null from sheet where bracket = ''
union select source_id, file_no, '' from sheet;

create table correction_cell as -- of: correction
select c.row_no as correction_no, r.source_id, r.file_no, r.row_no, k.position, c.new, c.old, r.cells[k.position] as found
from correction c
join file_name f on f.source_id = c.source_id and f.name is not distinct from case when c.source_row is null then '' else c.file end
join source_row r on r.source_id = f.source_id and r.file_no = f.file_no
join source_column k on k.source_id = r.source_id and k.file_no = r.file_no and k.name = c.column_name
left join part_column p on p.source_id = r.source_id and p.part = 1 and p.target = 'activity_id'
left join source_column i on i.source_id = r.source_id and i.file_no = r.file_no and i.name = p.column_name
where (c.source_row is not null and r.row_no = c.source_row) or (c.source_row is null and r.cells[i.position] = c.activity_id);

-- A row is known by its cells as received: a correction changes what it says, not which row it is.
create macro content_of(cells) as sha256(array_to_string(list_transform(cells, lambda cell: coalesce(cell, '')), chr(31)));
create table corrected_row as
with change as (
    select source_id, file_no, row_no, map(list(position order by position), list(new order by position)) as new_cells
    from (select source_id, file_no, row_no, position, arg_max(new, correction_no) as new from correction_cell
          where coalesce(trim(old), '') = coalesce(trim(found), '') group by all)
    group by all
)
select r.source_id, r.file_no, r.row_no,
    list_transform(r.cells, lambda cell, position: case when map_contains(c.new_cells, position) then nullif(c.new_cells[position], '') else cell end) as cells,
    content_of(r.cells) as content
from source_row r join change c using (source_id, file_no, row_no)
union all
select r.source_id, r.file_no, r.row_no, r.cells, content_of(r.cells) from source_row r anti join change c using (source_id, file_no, row_no);

-- Columns by the names that their connector knows: a source may say under `columns` what its files call them. Files of `mapping` keep their own.
create view named_column as
select k.source_id, k.file_no, k.position, coalesce(p.target, k.name) as name
from source_column k join source s on s.source_id = k.source_id
left join part_column p on p.source_id = k.source_id and p.part = 1 and p.column_name = k.name and s.connector not in ('activity_csv', 'mapping');

-- Files without a column that their connector needs: none of their rows is read further.
create table refused_file as -- of: connector_column
with wanted as (select connector, choice, string_agg('"' || name || '"', ' or ' order by pattern) as names from connector_column where use = 'required' group by all),
present as (
    select distinct k.source_id, k.file_no, c.choice
    from named_column k join source s on s.source_id = k.source_id join connector_column c on c.connector = s.connector and c.use = 'required' and k.name like c.pattern escape '\'
)
select f.source_id, f.file_no, s.connector, w.names
from source_file f join source s on s.source_id = f.source_id join wanted w on w.connector = s.connector
anti join present p on p.source_id = f.source_id and p.file_no = f.file_no and p.choice = w.choice
where exists (from source_column c where c.source_id = f.source_id and c.file_no = f.file_no and not starts_with(c.name, '/')); -- a page without records has none of its columns

-- Numbers and dates as their source writes them (decimal_comma, thousands, date_format) become plain ones before a connector computes with them; what is a number and not
-- written so is none. Hard and narrow spaces are spaces, where a space stands between thousands, and a typographic apostrophe is an apostrophe. Brackets and a minus at the end are left to the connector. Connectors for any table keep the cells, which 20_activity_row.sql reads.
create macro as_typed(cell, thousands) as case thousands when ' ' then translate(cell, chr(160) || chr(8239) || chr(8201), '   ') when '''' then replace(cell, chr(8217), '''') else cell end;
create macro number_in_notation(cell, thousands, is_comma) as case when not regexp_full_match(cell, '[(]?[+-]?[0-9][0-9.,'' ]*([eE][+-]?[0-9]{1,3})?[)]?-?') then cell
    when thousands <> '' and contains(cell, thousands) and not regexp_full_match(replace(cell, thousands, '_'), '[(]?[+-]?[0-9]{1,3}(_[0-9]{3})+([.,][0-9]+)?[)]?-?') then cell || ' (not as the source writes numbers)'
    when is_comma and contains(replace(cell, thousands, ''), '.') then cell || ' (not as the source writes numbers)'
    when is_comma then replace(replace(cell, thousands, ''), ',', '.') else replace(cell, thousands, '') end;
create macro number_as_written(cell, thousands, is_comma) as number_in_notation(as_typed(cell, thousands), thousands, is_comma);
create macro date_as_written(cell, date_pattern, date_order) as case when date_pattern is null or coalesce(cell, '') = '' then cell
    when regexp_full_match(cell, date_pattern) then regexp_replace(cell, date_pattern, date_order) else cell || ' (not as the source writes dates)' end;

-- The columns of a row by name, for connectors: the first of two equal names (a finding says so where it is used).
create view record as
with way as (
    select s.source_id, s.connector, coalesce(max(o.value) filter (where o.name = 'thousands'), '') as thousands, coalesce(bool_or(o.name = 'decimal_comma'), false) as is_comma,
        max(o.value) filter (where o.name = 'date_pattern') as date_pattern, max(o.value) filter (where o.name = 'date_order') as date_order
    from source s left join source_option o using (source_id) group by all
),
place as (
    select k.source_id, k.file_no, k.name, min(k.position) as position, coalesce(any_value(c.use) filter (where c.use in ('number', 'date')), '') as use
    from named_column k join source s using (source_id) left join connector_column c on c.connector = s.connector and c.use in ('number', 'date') and k.name like c.pattern escape '\'
    where k.name <> '' group by all
),
names as (select source_id, file_no, list(name order by position) as names, list(position order by position) as positions, list(use order by position) as uses from place group by all)
select r.source_id, r.file_no, r.row_no, w.connector, map(n.names, case when w.thousands = '' and not w.is_comma and w.date_pattern is null then list_transform(n.positions, lambda p: trim(r.cells[p]))
    else list_transform(n.positions, lambda p, i: case n.uses[i] when 'number' then number_as_written(trim(r.cells[p]), w.thousands, w.is_comma)
        when 'date' then date_as_written(trim(r.cells[p]), w.date_pattern, w.date_order) else trim(r.cells[p]) end) end) as record
from corrected_row r join names n using (source_id, file_no) join way w using (source_id)
anti join refused_file x on x.source_id = r.source_id and x.file_no = r.file_no;

-- A cell of a record, NULL where it is empty or its column is not in the file.
create macro cell_of(record, name) as nullif(record[name], '');

create table column_position as
select f.source_id, f.file_no, p.part, p.target, min(k.position) as position
from source_file f join part_column p using (source_id)
join source_column k on k.source_id = f.source_id and k.file_no = f.file_no and k.name = p.column_name
group by all;

-- `version` orders what several exports say of one natural key (a refresh timestamp, a model version); without one the later file is the newer.
create table activity_input (source_id varchar, file_no integer, row_no bigint, part integer, activity_id varchar, activity_type varchar, starts varchar, ends varchar,
    quantity varchar, unit varchar, entity varchar, site varchar, meter varchar, region varchar, supplier varchar, payer varchar, hosting varchar, factor varchar,
    data_quality varchar, data_origin varchar, read_status varchar, replaces varchar, measurement_point varchar, system varchar, lifecycle_stage varchar,
    evidence varchar, note varchar, coverage varchar, uncertainty varchar, stated varchar, natural_key varchar, content varchar, role varchar,
    memo_reason varchar, version varchar);

-- Emissions that a vendor states for its customer, one row per line of its file, cells as text: connectors fill it, 17_vendor_statement.sql makes activities of it.
-- `item` is what a statement is about (account, service, place, month); a later line about the same is a restatement, by refreshed, model_version, file and row.
create table vendor_statement (source_id varchar, file_no integer, row_no bigint, item varchar, supplier varchar, account varchar, service varchar, region varchar,
    place varchar, starts varchar, ends varchar, unit varchar, location varchar, market varchar, scope1 varchar, scope2_location varchar, scope2_market varchar,
    scope3_location varchar, scope3_market varchar, model_version varchar, refreshed varchar, content varchar);

-- What a tool itself says of an activity that is computed anew here: its own kg CO2e, so that the factor it used can be told.
create table tool_statement (source_id varchar, file_no integer, row_no bigint, service varchar, kwh varchar, emissions varchar, unit varchar);

-- Lines of a cloud bill, added up by what tells them apart: connectors fill it, 18_cloud_bill.sql makes activities of it. `charge` says what a line is
-- (usage, purchase, refund count; credit, tax, commitment, split, discount and other do not); `instance` is the machine where the line counts its hours.
create table bill_line (source_id varchar, file_no integer, row_no bigint, provider varchar, billing_period varchar, starts varchar, ends varchar, account varchar,
    service varchar, place varchar, charge varchar, instance varchar, hours varchar, cost varchar, currency varchar, lines bigint, content varchar);

-- The names by which inventory.yaml and its tables call activities and coverage keys.
create view name_given as
select source_id, 'exclusions.csv:' || row_no as subject, activity_id as name from exclusion where activity_id is not null
union all select source_id, 'corrections.csv:' || row_no, activity_id from correction where activity_id is not null
union all select null, 'roles:' || position, coverage from role_choice
union all select null, 'coverage:' || coverage, name from coverage_name;
