-- All findings, worst first, with the row as read and the figures that each error withholds. In a workbook the cell is that of the column that a rule
-- is about ($rules and $columns), of the column that the finding names, or the one that could not be read. Rows of $confidential sources are never quoted:
-- findings stand in figures.json and the documents.
with rule_column as (select unnest($rules::varchar[]) as rule, unnest($columns::varchar[]) as target),
header_row as (select source_id, value::bigint as row_no from source_option where name = 'header_row'),
place as (
    select distinct rule, subject, damage_key from damage union select distinct rule, subject, damage_key from unplaced_error
    union select distinct rule, subject, subject from finding where starts_with(subject, 'credit:') or rule = 'sci/embodied-missing'
    union select distinct 'energy/origin-not-known', evidence, 'energy/' || evidence from energy_mix where origin in ('purchased_not_known', 'purchased_not_renewable')
),
reached as (
    select p.rule, p.subject, d.figure_id, d.period from place p join figure_damage d on d.damage_key = p.damage_key
    union all select rule, subject, figure_id, period from hourly_damage
),
-- Figures in the order of the report.
listed as (
    select distinct d.rule, d.subject, d.figure_id, d.period, f.position as framework_position, p.position
    from reached d join period q on q.period = d.period and q.is_disclosed
    left join framework f on f.framework = split_part(d.figure_id, '/', 1) left join datapoint p on p.framework = f.framework and p.datapoint = split_part(d.figure_id, '/', 2)
),
damaged as (
    select rule, subject, list(figure_id || '@' || period order by framework_position, position, figure_id, period) as figures from listed group by all
)
select f.rule, f.severity,
    coalesce(s.path, f.source_id, case when f.subject like 'factor:%' and f.row_no is not null then 'factors/' || p.set_id || '/factors.csv'
        when f.subject like 'lock:%' then 'factors.lock'
        when f.subject like 'narrative:%' then n.path when f.subject like 'datapoint:%' then 'inventory.yaml'
        when f.rule like 'register/%' then 'disclosures/register.jsonl'
        when f.subject like 'set:%' then 'factors/' || substr(f.subject, 5) || '/factors.csv'
        when f.subject like 'credit:%' then 'carbon_credits.csv'
        when (f.rule like 'scope2/instrument%' or f.subject like 'instrument:%') and f.row_no is not null then 'instruments.csv' else coalesce(h.path, '') end) as file,
    case when f.subject like 'column:%' and f.row_no = 1 then coalesce(w.row_no, 1) else f.row_no end as row_no, f.subject, f.message, f.fix,
    case when list_contains($confidential::varchar[], f.source_id) then ''
        else coalesce(regexp_replace(array_to_string(list_transform(r.cells, lambda cell: case when contains(cell, ',') then '"' || cell || '"' else coalesce(cell, '') end), ','), '^(.{300}).+$', '\1…', 's'), j.text, '') end as row_text, coalesce(d.figures, []) as damages,
    f.citation, coalesce(s.sheet, '') as sheet, coalesce(u.position, k.position) as position,
    coalesce(nullif(regexp_extract(coalesce(j.reason, ''), '^cell ([A-Z]+)[0-9]+ holds', 1), ''), '') as letters
from finding f
left join header_row w on w.source_id = f.source_id
left join rule_column t on t.rule = f.rule
left join column_position u on u.source_id = f.source_id and u.file_no = f.file_no and u.part = 1 and u.target = t.target
left join (select source_id, file_no, 'column:' || name as subject, max(position) as position from source_column group by all) k
    on k.source_id = f.source_id and k.file_no = f.file_no and k.subject = f.subject
left join damaged d on d.rule = f.rule and d.subject = f.subject and f.severity = 'error'
left join source_file s on s.source_id = f.source_id and s.file_no = f.file_no
left join source_row r on r.source_id = f.source_id and r.file_no = f.file_no and r.row_no = f.row_no
left join (select subject, row_no, min(set_id) as set_id from (select 'factor:' || coalesce(factor_id, '') as subject, row_no, set_id from factor_row) group by all) p
    on p.subject = f.subject and p.row_no = f.row_no and f.source_id is null
left join narrative n on f.subject = 'narrative:' || n.name
left join hourly_series h on f.rule like 'hourly/%' and split_part(f.subject, '@', 1) = 'hourly:' || h.series
left join rejected_row j on j.source_id = f.source_id and j.file_no = f.file_no and j.row_no = f.row_no
order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, file, row_no nulls first, f.rule, f.subject, f.message
