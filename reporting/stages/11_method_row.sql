-- Rows that name a calculation method, and the tables that 12 to 16 fill from them. A source that names none has no row here: those stages are then not run.
create table method_part as
select distinct source_id, part from (select source_id, part from column_position where target = 'method'
    union all select source_id, part from part_constant where target = 'method');

create table method_row as -- of: method_part
with place as (select source_id, file_no, part, max(position) filter (where target = 'method') as method_position, max(position) filter (where target = 'pool') as pool_position
    from column_position group by all),
fixed as (select source_id, part, max(value) filter (where target = 'method') as method, max(value) filter (where target = 'pool') as pool from part_constant group by all)
select i.source_id, i.file_no, i.row_no, i.part, i.starts, i.ends, i.quantity as quantity_given, i.unit as unit_given, i.activity_type,
    coalesce(nullif(trim(r.cells[p.method_position]), ''), x.method) as method_text, coalesce(nullif(trim(r.cells[p.pool_position]), ''), x.pool, '') as pool,
    m.method, m.calculation, m.unit as method_unit, m.data_origin as method_origin
from activity_input i
semi join method_part q on q.source_id = i.source_id and q.part = i.part
join corrected_row r on r.source_id = i.source_id and r.file_no = i.file_no and r.row_no = i.row_no
left join place p on p.source_id = i.source_id and p.file_no = i.file_no and p.part = i.part
left join fixed x on x.source_id = i.source_id and x.part = i.part
left join method m on m.method = coalesce(nullif(trim(r.cells[p.method_position]), ''), x.method)
where coalesce(nullif(trim(r.cells[p.method_position]), ''), x.method) is not null;

create table calculation_option (calculation varchar, choice varchar, option varchar, required varchar[], operands varchar[]);
create table operand_cell (source_id varchar, file_no integer, row_no bigint, part integer, calculation varchar, operand varchar, value_text varchar, unit_text varchar,
    is_cell boolean, number_text varchar, number struct(m hugeint, e integer));
-- Which alternative of its calculation each row takes: exactly one option of every choice must fit, else `fitting` is not 1.
create table method_choice (source_id varchar, file_no integer, row_no bigint, part integer, calculation varchar, choice varchar, given varchar[], fitting bigint, option varchar);
-- The operands that are multiplied, as given and in base units; `vector` is the powers of base units.
create table operand_number (source_id varchar, file_no integer, row_no bigint, part integer, method varchar, pool varchar, starts varchar, ends varchar, position bigint, term varchar,
    addend varchar, operand varchar, exponent integer, sign integer, declared_unit varchar, minimum varchar, maximum varchar, same_dimension_as varchar, is_default boolean,
    value_text varchar, unit_text varchar, is_known boolean, is_summed boolean, is_out_of_range boolean, vector varchar, declared_vector varchar,
    base_number struct(m hugeint, e integer));
create table method_case (source_id varchar, file_no integer, row_no bigint, part integer, case_no bigint, method_unit varchar, unit_given varchar);
create table method_dimension (case_no bigint, vector varchar, agrees boolean, unit varchar, numerator struct(m hugeint, e integer), denominator struct(m hugeint, e integer));
create table method_share (source_id varchar, file_no integer, row_no bigint, part integer, pool varchar, receivers bigint, given_out varchar, is_beyond boolean);
create table method_excess (source_id varchar, file_no integer, row_no bigint, part integer, message varchar);
create table method_result (source_id varchar, file_no integer, row_no bigint, part integer, method varchar, unit varchar, number struct(m hugeint, e integer), quantity varchar,
    has_lost_digits boolean, sum_text varchar);
