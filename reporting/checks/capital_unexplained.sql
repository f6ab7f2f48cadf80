-- rule: scope3/capital-unexplained
-- severity: warning
-- stage: 44
-- fix: say in the column `note` of the largest purchases what they were for
-- citation: GHG Protocol Scope 3 Standard category 2, one-off purchases
with total as (
    select p.period, p.position, p.kind, p.starts, p.ends, e.view, sum(e.kg_co2e) as kg_co2e
    from period p join entry_total e on e.month >= p.starts and e.month < p.ends
    where e.scope = '3' and e.scope3_category = '2' and e.role = 'inventory' and not e.is_biogenic and p.is_disclosed
    group by all
),
explained as (
    select distinct a.month from activity a join activity_type t on t.activity_type = a.activity_type and t.scope3_category = '2'
    where a.note <> '' and a.note not in (select sum_text from method_result where sum_text is not null)
),
compared as (select t.*, lag(kg_co2e) over same as before_kg, lag(period) over same as period_before from total t window same as (partition by view, kind order by position))
select null as source_id, null as file_no, null as row_no, 'period:' || period as subject, 'both' as basis,
    'capital goods of ' || period || ' differ from ' || period_before || ' by more than the variance threshold (view ' || view || '), and no note says why' as message
from compared
where before_kg is not null and not exists (from explained x where x.month >= compared.starts and x.month < compared.ends)
    and abs(kg_co2e - before_kg) > abs(before_kg) * (select cast(value as decimal(38,6)) from setting where name = 'variance_threshold')
