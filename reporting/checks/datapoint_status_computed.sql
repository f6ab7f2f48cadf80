-- rule: inventory/datapoint-status
-- severity: error
-- stage: 90
-- fix: declare a status only for texts and inputs that docs/frameworks lists; what is computed takes its status from the data
-- citation: docs/narratives.md
with declared as (
    select 'datapoints' as place, framework, datapoint from declared_datapoint
    union all select 'confirmations', split_part(datapoint, '/', 1), substr(datapoint, length(split_part(datapoint, '/', 1)) + 2) from confirmation
)
select null as source_id, null as file_no, null as row_no, 'datapoint:' || c.framework || '/' || c.datapoint as subject, 'both' as basis,
    c.place || ', ' || c.framework || '/' || c.datapoint || case when d.datapoint is null then ': there is no such datapoint'
        else ' is computed (' || d.kind || '), its status cannot be declared' end as message
from declared c
left join datapoint d on d.framework = c.framework and d.datapoint = c.datapoint
left join known_framework k on k.framework = c.framework
left join framework w on w.framework = k.framework
where (d.datapoint is null and (k.framework is null or w.framework is not null)) or d.kind not in ('text', 'input')
