-- title: Purchase ledgers: from their total to what is counted
-- lead: Every line of a source that goes by spend: what counts, what is memo and why, what exclusions.csv takes out, what cannot be used. The parts add up to the total of the ledger.
-- place: annex
-- order: 54
-- columns: source=Source; unit=Currency; line=Lines; rows=Rows; amount=Amount|2; reason=Reason
with spent as (
    select a.source_id, a.file_no, a.row_no, a.unit, a.quantity, c.role, c.memo_reason, c.is_in, x.kind as excluded, x.reason as excluded_reason
    from activity_row a join source s on s.source_id = a.source_id and s.rank = 'spend'
    left join (select source_id, file_no, row_no, min(role) as role, min(memo_reason) as memo_reason, true as is_in from activity_counted group by all) c
        on c.source_id = a.source_id and c.file_no = a.file_no and c.row_no = a.row_no
    left join (select source_id, file_no, row_no, min(kind) as kind, min(reason) as reason from excluded_row group by all) x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    where a.dimension = 'money' and a.period_start < getvariable('ends') and a.period_end > getvariable('starts')
),
told as (
    select source_id, unit, case when excluded is not null then 'excluded: ' || replace(excluded, '_', ' ') when is_in is null or quantity is null then 'cannot be used'
            when role = 'inventory' then 'counted' else 'memo: ' || split_part(memo_reason, ':', 1) end as line,
        case when excluded is not null then excluded_reason when is_in is null or role = 'inventory' then '' else trim(substr(memo_reason, length(split_part(memo_reason, ':', 1)) + 2)) end as reason,
        count(*) as rows, sum(quantity) as amount
    from spent group by all
),
whole as (
    select *, case line when 'counted' then 0 else 1 end as place from told
    union all
    select source_id, unit, 'Total of the ledger', '', sum(rows), sum(amount), 2 from told group by source_id, unit
)
select source_id as source, unit, line, cast(rows as bigint) as rows, cast(amount as decimal(38,12)) as amount, reason from whole order by source_id, unit, place, line, reason
