-- rule: register/would-restate
-- severity: warning
-- stage: 82
-- of: published_change
-- fix: undo the change, or publish the period anew with `ghg publish --reason`; until then what was published stands
-- citation: docs/versions.md
with named as (
    select period, count(*) as files, string_agg(path || ' (' || change || ')', ', ' order by rank) filter (where rank <= 5) as listed
    from (select *, row_number() over (partition by period order by path) as rank from published_change) group by period
),
pair as (
    select p.period, v.version, v.row_no, p.figure_id, p.unit, p.status as status_before, coalesce(f.status, 'gone') as status_now, p.value as value_before, f.value as value_now,
        coalesce(format_stated(p.stated, p.decimals) || ' ' || p.unit, p.status) as before, coalesce(format_stated(f.stated, f.decimals) || ' ' || f.unit, f.status, 'gone') as now,
        coalesce(f.unit, p.unit) = p.unit as is_comparable
    from published_figure p
    join published_version v on v.period = p.period
    join period q on q.period = p.period
    join framework w on w.framework = p.framework
    left join figure f on f.figure_id = p.figure_id and f.period = p.period
)
select null as source_id, null as file_no, r.row_no, 'figure:' || r.figure_id || '@' || r.period as subject, 'both' as basis,
    'would restate ' || r.figure_id || ' of ' || r.version || ': published ' || r.before || ', now ' || r.now
        || case when r.is_comparable and r.value_before is not null and r.value_now is not null
            then ', exactly ' || case when r.value_now > r.value_before then '+' else '' end
                || rtrim(rtrim(cast(cast(r.value_now - r.value_before as decimal(38,12)) as varchar), '0'), '.') || ' ' || r.unit else '' end
        || '; since then: ' || coalesce(n.listed || case when n.files > 5 then ' and ' || (n.files - 5) || ' more' else '' end, 'no file changed') as message
from pair r left join named n on n.period = r.period
where r.status_now <> r.status_before or r.value_now is distinct from r.value_before or not r.is_comparable
