-- The figures of a framework in a period, each with the same figure of the comparative period.
select now.figure_id, now.framework, now.datapoint, now.key, now.view, now.section, now.label, now.kind, now.unit, now.decimals, now.status,
    now.value, now.stated, coalesce(before.status, '') as comparative_status, before.value as comparative_value, before.stated as comparative_stated,
    now.is_total, now.is_mandatory, now.measured_share, now.estimated_share, now.primary_share, now.fallback_share, now.other_gwp_share,
    coalesce(now.entries, 0) as entries, coalesce(now.reason, '') as reason, coalesce(now.citation, '') as citation, now.position, now.digest
from figure as now
left join figure as before on before.figure_id = now.figure_id and before.view = now.view and before.period = $comparative
where now.period = $period and now.framework = $framework
order by now.position, now.datapoint, length(now.key), now.key
