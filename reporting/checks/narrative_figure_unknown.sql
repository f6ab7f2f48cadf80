-- rule: narrative/figure-unknown
-- severity: error
-- stage: 90
-- of: narrative_reference
-- fix: use an id and a period that figures.json prints
-- citation: docs/narratives.md
select null as source_id, null as file_no, null as row_no, 'narrative:' || r.name as subject, 'both' as basis,
    'there is no figure "' || r.figure || '" in ' || string_agg(distinct case when r.period = '' then p.period else r.period end, ', ') || '; the text is withheld' as message
from narrative_reference r
join period p on p.is_disclosed
left join figure f on f.figure_id = r.figure and f.period = case when r.period = '' then p.period else r.period end
left join known_framework k on k.framework = split_part(r.figure, '/', 1)
left join framework w on w.framework = k.framework
where f.figure_id is null and (k.framework is null or w.framework is not null)
group by r.name, r.figure
