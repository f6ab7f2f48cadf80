-- Source rows that exclusions.csv takes out, by row number or by activity id; they are counted, never lost.
create table excluded_row as -- of: exclusion
select x.row_no as exclusion_no, r.source_id, r.file_no, r.row_no, x.kind, x.reason, x.estimated_t_co2e, x.stated_by, x.approved_by
from exclusion x
join file_name f on f.source_id = x.source_id and f.name is not distinct from case when x.source_row is null then '' else x.file end
join (select source_id, file_no, row_no, null as activity_id, null as given_id from source_row
      union select source_id, file_no, row_no, null, null from rejected_row
      union all select source_id, file_no, row_no, activity_id, given_id from activity_row) r on r.source_id = f.source_id and r.file_no = f.file_no
where (x.source_row is not null and r.row_no = x.source_row and r.activity_id is null)
   or (x.source_row is null and x.activity_id in (r.activity_id, r.given_id));

-- Which row takes the place of which: `replaces` names a row of the same source by its id, or of any source as source:id; parts of a row replace the same part.
create table replacement as
with usable as (
    select a.* from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
),
name as (
    select source_id, given_id as name, part, activity_id from usable where given_id is not null
    union select source_id, activity_id, part, activity_id from usable
),
full_name as (
    select source_id || ':' || given_id as name, part, activity_id from usable where given_id is not null
    union select activity_id, part, activity_id from usable
)
select r.activity_id, n.activity_id as replaced_activity_id
from usable r join name n on n.source_id = r.source_id and n.name = r.replaces and n.part = r.part where r.replaces is not null
union
select r.activity_id, n.activity_id
from usable r join full_name n on n.name = r.replaces and n.part = r.part where r.replaces is not null;

-- Replacements that would lose something: a row that replaces itself in the end, reads that do not cover the whole period of what they replace.
-- What they name counts on, so that all that belongs to it is withheld.
create table replacement_fault as -- of: replacement
with recursive chain as (
    select activity_id, replaced_activity_id from replacement
    union
    select c.activity_id, r.replaced_activity_id from chain c join replacement r on r.activity_id = c.replaced_activity_id
),
covered as (
    select p.replaced_activity_id, min(a.activity_id) as replacing, any_value(epoch(b.period_end)::hugeint - epoch(b.period_start)::hugeint) as seconds,
        coalesce(sum(epoch(least(a.period_end, b.period_end))::hugeint - epoch(greatest(a.period_start, b.period_start))::hugeint)
            filter (where a.period_start < b.period_end and a.period_end > b.period_start), 0) as seconds_covered
    from replacement p
    join activity_row a on a.activity_id = p.activity_id and (a.quantity >= 0 or a.quantity is null)
    join activity_row b on b.activity_id = p.replaced_activity_id and b.period_start < b.period_end
    group by all
)
select 'cycle' as fault, activity_id as replaced_activity_id, activity_id as replacing, null::hugeint as seconds, null::hugeint as seconds_covered
from chain where activity_id = replaced_activity_id
union all
select 'shorter', replaced_activity_id, replacing, seconds, seconds_covered from covered where seconds_covered < seconds;

-- Rows with a method that are not excluded, by the activity each became, and the operands that each was multiplied from.
create view method_activity as
select a.activity_id, a.activity_type as known_type, w.* exclude (activity_type)
from method_row w
join activity_row a on a.source_id = w.source_id and a.file_no = w.file_no and a.row_no = w.row_no and a.part = w.part and not a.is_none
anti join excluded_row x on x.source_id = w.source_id and x.file_no = w.file_no and x.row_no = w.row_no;

create view operand as
select m.activity_id, n.method, n.position, n.term, n.addend, n.sign, n.operand, n.exponent, n.value_text, coalesce(n.unit_text, '') as unit, n.is_default,
    case when n.base_number.m is not null then rtrim(n.base_number.m, '0') || 'e' || (n.base_number.e + length(n.base_number.m) - length(rtrim(n.base_number.m, '0'))) end as base_value, n.vector as base_units, n.source_id, n.file_no, n.row_no, n.part
from (select * replace ({'m': case when base_number.m = 0 then '0' else cast(base_number.m as varchar) end, 'e': base_number.e} as base_number) from operand_number) n
join method_activity m on m.source_id = n.source_id and m.file_no = n.file_no and m.row_no = n.row_no and m.part = n.part;
