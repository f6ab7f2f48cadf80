-- Tonnes of the disclosed view by the document that stands behind them: named by the activity row and in the pack, named and not there, or none.
-- Parameters: period, files (the paths below the inventory that the pack holds).
with line as (
    select l.evidence, l.scope, sum(abs(l.kg_co2e)) as kg_co2e, count(distinct l.activity_id) as activities
    from ledger l join period p on p.period = $period and l.month >= p.starts and l.month < p.ends
    where l.view = (select view from framework order by position, framework limit 1) and l.role = 'inventory' and l.scope <> '' and l.basis in ('both', 'location') and not l.is_biogenic
    group by all
),
named as (select distinct evidence, trim(unnest(string_split(evidence, ';'))) as document from line where evidence <> ''),
file as (select unnest($files::varchar[]) as path),
found as (
    select n.evidence, n.document, min(f.path) as path
    from named n left join file f on f.path = n.document or f.path = 'evidence/' || n.document group by all
),
state as (select evidence, string_agg(coalesce(path, document), '; ' order by document) as documents, bool_and(path is not null) as is_here from found group by all)
select case when l.evidence = '' then 'none' when s.is_here then 'in the pack' else 'named, not in the pack' end as state, l.scope, coalesce(s.documents, '') as documents,
    sum(l.activities)::bigint as activities, sum(l.kg_co2e)::decimal(38,12) as kg_co2e
from line l left join state s on s.evidence = l.evidence
group by all order by all
