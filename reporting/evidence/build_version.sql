-- How a build of a period stands to what is published of it; no row where nothing is. Parameter: period.
with differing as (
    select count(*) as figures
    from published_figure p join framework w on w.framework = p.framework left join figure f on f.figure_id = p.figure_id and f.period = p.period
    where p.period = $period and (f.figure_id is null or f.status <> p.status or f.value is distinct from p.value or f.unit <> p.unit)
),
damaged as (select count(*) as faults from published_version v join register_fault f on f.row_no = v.row_no or f.file = 'register.jsonl' where v.period = $period),
changed as (select count(*) as files from published_change where period = $period)
select case when m.faults > 0 then 'not compared with ' || v.version || ': the register is not as it was written'
        when d.figures > 0 then 'not the published version ' || v.version || ': ' || d.figures || case d.figures when 1 then ' figure differs' else ' figures differ' end
        when c.files > 0 then 'not the published version ' || v.version || ': inputs changed, no figure differs'
        else 'built again from the inputs of ' || v.version end as version
from published_version v cross join differing d cross join changed c cross join damaged m
where v.period = $period
