-- Which alternative of its calculation each row takes, and the units of its operands as powers of base units. Units are worked out once per distinct text.
insert into calculation_option by name
select calculation, choice, option, coalesce(list(distinct operand) filter (where operand <> '' and needed = 'required'), []) as required,
    coalesce(list(distinct operand) filter (where operand <> ''), []) as operands
from calculation_operand group by all;

-- Exactly one option of every choice must fit what is given: `fitting` is 1, else a finding says whether something lacks or two are given.
insert into method_choice by name
with choice as (select distinct calculation, choice from calculation_operand),
choice_operand as (select distinct calculation, choice, operand from calculation_operand where operand <> ''),
given as (
    select c.source_id, c.file_no, c.row_no, c.part, o.choice, list(c.operand) as given
    from operand_cell c join choice_operand o using (calculation, operand) group by all
),
asked as (
    select w.source_id, w.file_no, w.row_no, w.part, w.calculation, a.choice, coalesce(g.given, []) as given
    from method_row w join choice a using (calculation)
    left join given g on g.source_id = w.source_id and g.file_no = w.file_no and g.row_no = w.row_no and g.part = w.part and g.choice = a.choice
)
select a.source_id, a.file_no, a.row_no, a.part, a.calculation, a.choice, a.given, count(o.option) as fitting, min(o.option) as option
from asked a
left join calculation_option o on o.calculation = a.calculation and o.choice = a.choice and list_has_all(a.given, o.required) and list_has_all(o.operands, a.given)
group by all;

create table operand_use as
select w.source_id, w.file_no, w.row_no, w.part, w.method, w.pool, w.starts, w.ends, o.position, o.term, o.addend, o.operand, o.exponent, o.sign, o.unit as declared_unit,
    o.minimum, o.maximum, o.same_dimension_as, c.operand is null as is_default, coalesce(c.number_text, o.default_value) as value_text,
    case when c.operand is null then number_of(o.default_value) else c.number end as number,
    case when c.operand is null and o.unit = '' then '1' when c.unit_text is null and (c.operand is null or o.unit_in_name or o.unit = '1') then o.unit else c.unit_text end as unit_text
from method_row w
join method_choice k on k.source_id = w.source_id and k.file_no = w.file_no and k.row_no = w.row_no and k.part = w.part and k.fitting = 1
join calculation_operand o on o.calculation = k.calculation and o.choice = k.choice and o.option = k.option and o.operand <> ''
left join operand_cell c on c.source_id = w.source_id and c.file_no = w.file_no and c.row_no = w.row_no and c.part = w.part and c.operand = o.operand
-- A sum keeps its other parts where a part that would add nothing is not given.
where c.operand is not null or o.default_value <> '0';

-- Names that a unit of an operand is made of: `kWh/unit`, `W/GPU`, `GB-h`. Counted things have no dimension.
create table operand_unit_part as
with part as (
    select u.unit as name, u.unit, coalesce(p.vector, u.base_unit || ':1') as vector, times(whole_number(u.numerator), whole_number(coalesce(p.numerator, 1))) as numerator,
        times(whole_number(u.denominator), whole_number(coalesce(p.denominator, 1))) as denominator
    from unit u left join operand_unit_name p on p.name = u.base_unit
)
select * from part
union all
select a.alias, p.unit, p.vector, p.numerator, p.denominator from unit_alias a join part p on p.name = a.unit
union all
select n.name, null, n.vector, whole_number(n.numerator), whole_number(n.denominator) from operand_unit_name n
where n.name not in (select unit from unit) and n.name not in (select alias from unit_alias);

create table operand_unit as
with text as (
    select unit_text as text from operand_use where unit_text is not null
    union select string_split(unit_text, '/')[1] from operand_use where contains(unit_text, '/')
    union select unit from calculation_operand where unit <> '' union select unit from method where unit <> ''
    union select unit_given from method_row where unit_given is not null union select base_unit from unit
),
level as (
    select t.text, unnest(case when w.name is not null then [t.text] else string_split(t.text, '/') end) as level,
        unnest(case when w.name is not null then [1] else range(1, len(string_split(t.text, '/')) + 1) end) as level_no, w.name is not null as is_whole
    from text t left join operand_unit_part w on w.name = t.text
),
name as (select text, level_no, trim(unnest(case when is_whole then [level] else string_split(level, '-') end)) as name from level),
known as (select n.text, n.level_no, n.name, p.name is not null as is_known, p.vector, p.unit, p.numerator, p.denominator, case when n.level_no = 1 then 1 else -1 end as side
    from name n left join operand_unit_part p on p.name = n.name),
base as (select text, unnest(string_split(vector, ' ')) as base, side from known where vector <> ''),
power as (select text, split_part(base, ':', 1) as base, sum(cast(split_part(base, ':', 2) as integer) * side) as power from base group by all having sum(cast(split_part(base, ':', 2) as integer) * side) <> 0),
vector as (select text, string_agg(base || ':' || power, ' ' order by base) as vector from power group by text)
select k.text, bool_and(k.is_known) as is_known, case when count(*) = 1 then min(k.unit) end as unit, coalesce(max(v.vector), '') as vector,
    product_of(list(case when side = 1 then numerator else denominator end order by level_no, name)) as numerator,
    product_of(list(case when side = 1 then denominator else numerator end order by level_no, name)) as denominator
from known k left join vector v using (text)
group by k.text;
