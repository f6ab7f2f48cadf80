-- title: Rules of the framework
-- lead: What the rules of this framework come to in the period; rules that are satisfied or do not apply are counted, the others are named.
-- place: each
-- order: 910
-- columns: status=Result; rule=Rule; clause=Clause; wording=What the rule asks; detail=Why, and what mends it
with judged as (
    select *, case status when 'violated' then 1 when 'needs_person' then 2 when 'not_applicable' then 3 else 4 end as rank from rule_result
    where framework = getvariable('framework') and period = getvariable('period')
)
select case status when 'needs_person' then 'left to a person' else status || ' (' || severity || ')' end as status, rule, clause, wording,
    detail || case when status = 'violated' and fix <> '' then '; fix: ' || fix else '' end as detail, rank, position
from judged where rank <= 2
union all
select replace(status, '_', ' '), cast(count(*) as varchar) || case when count(*) = 1 then ' rule' else ' rules' end, '', '', '', rank, 0 from judged where rank > 2 group by status, rank
order by rank, position
