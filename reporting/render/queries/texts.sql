-- The answers to the text datapoints of a period, with the narrative where one answers.
select a.framework || '/' || a.datapoint as id, a.framework, a.datapoint, a.period, a.section, a.label, a.status, a.is_mandatory, a.text, a.place, a.reason, a.citation,
    a.narrative, a.narrative <> '' as narrative_is_given, coalesce(n.markdown, '') as markdown
from text_answer a
left join narrative n on n.name = a.narrative
where a.period = $period
order by a.framework_position, a.framework, a.position
