-- Products and sums per row, the text of the sum, and the quantity handed to the activity. A row with any fault hands over nothing that is a number.
insert into method_result by name
with product as (
    select source_id, file_no, row_no, part, term, addend, min(sign) as sign, min(position) as position, bool_and(is_known and base_number.m is not null) as is_sound,
        bool_or(exponent < 0 and base_number.m = 0) as has_zero_divisor, product_of(list(base_number order by position) filter (where exponent > 0)) as top,
        product_of(list(base_number order by position) filter (where exponent < 0)) as bottom,
        bool_and(exponent > 0) as has_no_divisor,
        coalesce(string_agg(case when exponent > 0 then ' x ' else ' / ' end || operand || ' ' || plain_text(value_text)
            || case when coalesce(unit_text, '1') = '1' then '' else ' ' || unit_text end, '' order by position), '') as text
    from operand_number where not (is_default and value_text = '1' and unit_text = '1')  -- what is not given and counts as 1 changes nothing
    group by all
),
addend as (
    select *, case when has_no_divisor then top else over(coalesce(top, whole_number(1)), bottom) end as number from product
),
signed as (select *, case when sign < 0 then negative(number) else number end as signed_number from addend),
term as (
    select source_id, file_no, row_no, part, term, min(position) as position, bool_and(is_sound) as is_sound, bool_or(has_zero_divisor) as has_zero_divisor,
        sum_of(list(signed_number order by position, addend)) as number, count(*) as addends,
        case when count(*) = 1 then min(text) else ' x (' || ltrim(string_agg(case when sign < 0 then ' - ' else ' + ' end || text[4:], '' order by position, addend), ' +') || ')' end as text
    from signed group by all
),
result as (
    select source_id, file_no, row_no, part, bool_and(is_sound) as is_sound, bool_or(has_zero_divisor) as has_zero_divisor, product_of(list(number order by position)) as base_number,
        string_agg(text, '' order by position) as text
    from term group by all
),
choice as (select source_id, file_no, row_no, part, bool_and(fitting = 1) as is_chosen from method_choice group by all),
divided as (
    select w.source_id, w.file_no, w.row_no, w.part, w.method, d.unit,
        case when c.is_chosen and r.is_sound and not r.has_zero_divisor and d.agrees and d.unit is not null and w.quantity_given is null
            then over(times(r.base_number, d.denominator), d.numerator) end as number,
        case when r.text like ' / %' then '1' || r.text else r.text[4:] end as text
    from method_row w
    left join choice c using (source_id, file_no, row_no, part)
    left join result r using (source_id, file_no, row_no, part)
    left join method_case k using (source_id, file_no, row_no, part)
    left join method_dimension d on d.case_no = k.case_no
),
written as (select *, case when number.m is not null then number_text(number) end as quantity from divided)
select source_id, file_no, row_no, part, method, unit, number, quantity, coalesce(is_ordinary(number) and has_lost_digits(number), false) as has_lost_digits,
    method || ': ' || text || ' = ' || plain_text(quantity) || ' ' || unit as sum_text
from written;

-- Of every allocation, what the rows that share a whole give out together (R054): one pool and period, or the row alone where no pool is named.
insert into method_share by name
with share as (
    select n.source_id, n.file_no, n.row_no, n.part, n.pool, n.starts, n.ends,
        product_of(list(case when n.exponent > 0 then n.base_number else over(whole_number(1), n.base_number) end order by n.position)) as share
    from operand_number n where n.operand in ('key', 'of_total', 'occupancy') and n.method in (select method from method where calculation = 'allocation') group by all
),
shared as (
    select *, sum_of(list(share) over same_pool) as given_out, count(*) over same_pool as receivers from share where share.m is not null
    window same_pool as (partition by source_id, part, pool, starts, ends, case when pool = '' then concat_ws('|', file_no, row_no) end)
)
select source_id, file_no, row_no, part, pool, receivers, plain_text(number_text(given_out)) as given_out, plus(given_out, number_of('-1.000000001')).m > 0 as is_beyond
from shared;

-- Of a device no more than its life and its resources can be reserved.
insert into method_excess by name
select a.source_id, a.file_no, a.row_no, a.part, replace(a.operand, '_', ' ') || ' (' || concat_ws(' ', left(a.value_text, 80), nullif(a.unit_text, '1')) || ') is more than '
    || replace(b.operand, '_', ' ') || ' (' || concat_ws(' ', left(b.value_text, 80), nullif(b.unit_text, '1')) || ')' as message
from operand_number a
join operand_number b on b.source_id = a.source_id and b.file_no = a.file_no and b.row_no = a.row_no and b.part = a.part
    and b.operand = case a.operand when 'time_reserved' then 'expected_lifespan' when 'resources_reserved' then 'total_resources' end
where plus(a.base_number, negative(b.base_number)).m > 0;

-- A source may say that empty cells mean no activity: then a row of a method without a single cell of its own is none.
create table method_empty as
select w.source_id, w.file_no, w.row_no, w.part from method_row w
join source_option o on o.source_id = w.source_id and o.name = 'empty_means_none'
anti join operand_cell c on c.source_id = w.source_id and c.file_no = w.file_no and c.row_no = w.row_no and c.part = w.part and c.is_cell;

update activity_input i set
    quantity = case when e.source_id is not null then null when m.quantity is null then 'not computed' when m.decimal_comma then replace(m.quantity, '.', ',') else m.quantity end,
    unit = case when m.quantity is not null then m.unit end, data_origin = coalesce(i.data_origin, case when m.source_origin = '' then nullif(m.method_origin, '') end),
    note = case when m.sum_text is null then i.note else concat_ws('; ', i.note, m.sum_text) end
from (select r.*, w.method_origin, s.data_origin as source_origin, o.source_id is not null and s.connector in ('activity_csv', 'mapping') as decimal_comma
      from method_result r join method_row w using (source_id, file_no, row_no, part) join source s on s.source_id = r.source_id
      left join source_option o on o.source_id = r.source_id and o.name = 'decimal_comma') m
left join method_empty e on e.source_id = m.source_id and e.file_no = m.file_no and e.row_no = m.row_no and e.part = m.part
where i.source_id = m.source_id and i.file_no = m.file_no and i.row_no = m.row_no and i.part = m.part;
