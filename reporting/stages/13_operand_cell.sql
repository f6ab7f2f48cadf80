-- What each row with a method brings: the cells of its operands, as text and as exact numbers. A cell that is no number is NULL here and a finding in checks/.
create table operand_feed as
with operand_name as (select distinct operand from calculation_operand where operand <> ''),
target as (select operand, operand as target, 'value' as kind from operand_name union all select operand, operand || '_unit', 'unit' from operand_name),
place as (
    select c.source_id, c.file_no, c.part, t.operand, t.kind, c.position
    from column_position c semi join method_part p using (source_id, part) join target t using (target)
    union all
    select k.source_id, k.file_no, 1, t.operand, t.kind, min(k.position)
    from source_column k join source s on s.source_id = k.source_id and s.connector = 'activity_csv'
    semi join method_part p on p.source_id = k.source_id join target t on t.target = k.name group by all
),
fixed as (select k.source_id, k.part, t.operand, t.kind, k.value from part_constant k join target t using (target))
select f.source_id, f.file_no, m.part, n.operand, max(p.position) filter (where p.kind = 'value') as value_position, max(x.value) filter (where x.kind = 'value') as value_constant,
    max(p.position) filter (where p.kind = 'unit') as unit_position, max(x.value) filter (where x.kind = 'unit') as unit_constant
from source_file f join method_part m using (source_id) cross join operand_name n
left join place p on p.source_id = f.source_id and p.file_no = f.file_no and p.part = m.part and p.operand = n.operand
left join fixed x on x.source_id = f.source_id and x.part = m.part and x.operand = n.operand
group by all having value_position is not null or value_constant is not null;

insert into operand_cell by name
with option as (
    select s.source_id, max(o.value) filter (where o.name = 'thousands') as thousands, coalesce(bool_or(o.name = 'decimal_comma'), false) as decimal_comma
    from source s left join source_option o using (source_id) group by all
),
brought as (
    select w.source_id, w.file_no, w.row_no, w.part, w.calculation, f.operand, coalesce(nullif(trim(r.cells[f.value_position]), ''), f.value_constant) as value_text,
        coalesce(nullif(trim(r.cells[f.unit_position]), ''), f.unit_constant) as unit_text, nullif(trim(r.cells[f.value_position]), '') is not null as is_cell
    from method_row w join operand_feed f using (source_id, file_no, part) join corrected_row r using (source_id, file_no, row_no)
),
cleaned as (
    select b.* replace (case when is_cell then as_typed(value_text, o.thousands) else value_text end as value_text), o.thousands, o.decimal_comma and is_cell as decimal_comma,
        case when is_cell then replace(as_typed(value_text, o.thousands), coalesce(o.thousands, ''), '') else value_text end as plain
    from brought b join option o using (source_id) where value_text is not null
),
read as (select *, case when decimal_comma then replace(plain, ',', '.') else plain end as number_text from cleaned)
select source_id, file_no, row_no, part, calculation, operand, value_text, unit_text, is_cell, number_text,
    case when regexp_full_match(number_text, '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?') and not (decimal_comma and contains(plain, '.'))
            and (thousands is null or not is_cell or not contains(value_text, thousands)
                or regexp_full_match(replace(value_text, thousands, '_'), '[+-]?[0-9]{1,3}(_[0-9]{3})+([.,][0-9]+)?'))
        then number_of(number_text) end as number
from read;
