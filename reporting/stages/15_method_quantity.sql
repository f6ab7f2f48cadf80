-- The quantity of every row with a method: sum over the addends of each term, product over the terms, in base units, then in the unit of the result; rounded once.
insert into operand_number by name
with bound as (
    select o.unit, o.minimum, o.maximum, u.vector,
        over(times(number_of(o.minimum), coalesce(u.numerator, whole_number(1))), coalesce(u.denominator, whole_number(1))) as lowest,
        over(times(number_of(o.maximum), coalesce(u.numerator, whole_number(1))), coalesce(u.denominator, whole_number(1))) as highest
    from (select distinct unit, minimum, maximum from calculation_operand where operand <> '') o left join operand_unit u on u.text = o.unit
),
based as (
    select u.*, n.vector, coalesce(n.is_known, false) as is_known, d.vector as declared_vector, d.lowest, d.highest,
        case when n.numerator.m = 1 and n.denominator.m = 1 and n.numerator.e = 0 and n.denominator.e = 0 then u.number
            when n.denominator.m = 1 and n.denominator.e = 0 then times(u.number, n.numerator) else over(times(u.number, n.numerator), n.denominator) end as base_number
    from operand_use u left join operand_unit n on n.text = u.unit_text left join bound d on d.unit = u.declared_unit and d.minimum is not distinct from u.minimum and d.maximum is not distinct from u.maximum
),
-- The whole of an allocation that is not given is the sum of the keys of the rows that share it: one pool, one period.
whole as (
    select source_id, part, method, pool, starts, ends, sum_of(list(base_number order by file_no, row_no)) as base_number, min(vector) as vector,
        count(*) = count(base_number) and count(distinct vector) = 1 as is_sound
    from based where operand = 'key' group by all
)
select b.* exclude (base_number, vector, value_text, is_known, number, lowest, highest), b.is_known or (is_summed and w.is_sound) as is_known,
    coalesce(not is_summed and (case when lowest.m = 0 then b.base_number.m < 0 when lowest.m is not null then plus(b.base_number, negative(lowest)).m < 0 else false end
        or case when highest.m is not null then plus(b.base_number, negative(highest)).m > 0 else false end), false) as is_out_of_range, case when is_summed then w.vector else b.vector end as vector,
    case when is_summed then case when w.is_sound then w.base_number end else b.base_number end as base_number,
    b.value_text
from (select *, coalesce(value_text = 'sum of key', false) as is_summed from based) b
left join whole w on b.is_summed and w.source_id = b.source_id and w.part = b.part and w.method = b.method and w.pool = b.pool and w.starts = b.starts and w.ends = b.ends;

insert into method_case by name
with keyed as (
    select source_id, file_no, row_no, part, method, string_agg(concat_ws('|', term, addend, operand, exponent, coalesce(unit_text, ''), vector), ';' order by position) as units
    from operand_number group by all
)
select k.source_id, k.file_no, k.row_no, k.part, dense_rank() over (order by k.method, w.method_unit, coalesce(w.unit_given, ''), k.units) as case_no, w.method_unit, w.unit_given
from keyed k join method_row w using (source_id, file_no, row_no, part);

-- Powers of base units per case: the addends of a term must agree, and the product must be a unit.
insert into method_dimension by name
with sample as (select case_no, min({'s': source_id, 'f': file_no, 'r': row_no, 'p': part}) as k, min(method_unit) as method_unit, min(unit_given) as unit_given from method_case group by case_no),
part as (select s.case_no, o.term, o.addend, o.exponent, o.vector, o.declared_unit, o.unit_text, o.is_default, o.position
    from sample s join operand_number o on o.source_id = s.k.s and o.file_no = s.k.f and o.row_no = s.k.r and o.part = s.k.p),
addend_base as (select case_no, term, addend, exponent, unnest(string_split(vector, ' ')) as base from part where vector <> ''),
addend_power as (select case_no, term, addend, split_part(base, ':', 1) as base, sum(cast(split_part(base, ':', 2) as integer) * exponent) as power from addend_base group by all having power <> 0),
addend_vector as (select case_no, term, addend, string_agg(base || ':' || power, ' ' order by base) as vector from addend_power group by all),
term_vector as (select p.case_no, p.term, min(coalesce(v.vector, '')) as vector, count(distinct coalesce(v.vector, '')) = 1 as agrees
    from (select distinct case_no, term, addend from part) p left join addend_vector v using (case_no, term, addend) group by all),
power as (select case_no, split_part(b, ':', 1) as base, sum(cast(split_part(b, ':', 2) as integer)) as power
    from (select case_no, unnest(string_split(vector, ' ')) as b from term_vector where vector <> '') group by all having sum(cast(split_part(b, ':', 2) as integer)) <> 0),
total as (select s.case_no, s.method_unit, s.unit_given, coalesce(string_agg(p.base || ':' || p.power, ' ' order by p.base), '') as vector
    from sample s left join power p using (case_no) group by all),
-- The unit of the result: the row's own, the method's, the first part of the unit of an operand of any kind (kWh of kWh/m2), else the base unit.
own as (select case_no, position, string_split(unit_text, '/')[1] as text from part where declared_unit = '' and not is_default),
candidate as (
    select case_no, 0 as place, unit_given as text from total where unit_given is not null
    union all select case_no, 1, method_unit from total where unit_given is null and method_unit <> ''
    union all select t.case_no, 2 + o.position, o.text from total t join own o using (case_no) where t.unit_given is null
    union all select t.case_no, case when b.base_unit = 'unit' then 100000 else 100001 end, b.base_unit from total t cross join (select distinct base_unit from unit
        where base_unit = 'unit' or base_unit not in (select name from operand_unit_name)) b where t.unit_given is null
)
select t.case_no, t.vector, bool_and(v.agrees) as agrees, arg_min(n.unit, c.place) as unit, arg_min(n.numerator, c.place) as numerator, arg_min(n.denominator, c.place) as denominator
from total t join term_vector v using (case_no)
left join candidate c on c.case_no = t.case_no left join operand_unit n on n.text = c.text and n.vector = t.vector and n.unit is not null
group by t.case_no, t.vector;
