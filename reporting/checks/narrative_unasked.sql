-- rule: narrative/unasked
-- severity: warning
-- stage: 90
-- of: narrative
-- fix: name the file narratives/<framework>/<datapoint>.md as docs/frameworks lists the text datapoints, or remove it
-- citation: docs/narratives.md
select null as source_id, null as file_no, null as row_no, 'narrative:' || n.name as subject, 'both' as basis, 'no datapoint asks for ' || n.path || ', so no report prints it' as message
from narrative n
left join text_answer a on a.framework || '/' || a.datapoint = n.name or a.narrative = n.name
left join (select distinct unnest(string_split(answer, '|')) as part from datapoint) q on trim(q.part) = 'narrative:' || n.name
left join known_framework k on k.framework = split_part(n.name, '/', 1)
left join framework w on w.framework = k.framework
where n.path <> 'inventory.yaml' and a.datapoint is null and q.part is null and (k.framework is null or w.framework is not null)
