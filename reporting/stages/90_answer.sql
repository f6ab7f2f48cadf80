-- The answer to every text datapoint: a status that the inventory declares, a condition that does not hold, a narrative of its own, else the first of the
-- sources in `answer` that has something to say (narrative:NAME or fact:NAME); a mandatory one that nothing answers is left to a person.
-- A narrative that cannot be used, or that refers to a figure that is not there, withholds the text.
create table narrative_state as -- of: narrative
select n.name, n.path, p.period, case when n.fault <> '' then n.path || ' ' || n.fault when r.figure is not null then n.path || ' refers to "' || r.figure || '", which is no figure'
    else '' end as fault
from narrative n cross join period p
left join (
    select r.name, q.period, min(r.figure) as figure
    from narrative_reference r cross join period q
    left join figure f on f.figure_id = r.figure and f.period = case when r.period = '' then q.period else r.period end
    where f.figure_id is null
    group by r.name, q.period
) r on r.name = n.name and r.period = p.period;

create table text_answer as
with asked as (
    select d.framework, d.datapoint, d.section, d.label, d.citation, d.position, d.is_mandatory, d.answer, p.period, w.position as framework_position
    from datapoint d join framework w on w.framework = d.framework join framework_period k on k.framework = d.framework join period p on p.kind = k.kind where d.kind = 'text'
),
source as (
    select framework, datapoint, period, 0 as rank, 'narrative' as source, framework || '/' || datapoint as name from asked
    union all
    select framework, datapoint, period, n.n, split_part(trim(n.part), ':', 1), substr(trim(n.part), length(split_part(trim(n.part), ':', 1)) + 2)
    from asked, (select answer as list, unnest(string_split(answer, '|')) as part, generate_subscripts(string_split(answer, '|'), 1) as n
        from (select distinct answer from asked where answer <> '')) n
    where n.list = asked.answer
),
found as (
    select s.framework, s.datapoint, s.period, s.rank, s.name as narrative, case when n.fault <> '' then 'withheld' else 'stated' end as status, n.path as place, '' as text,
        n.fault as reason
    from source s join narrative_state n on n.name = s.name and n.period = s.period where s.source = 'narrative'
    union all
    select s.framework, s.datapoint, s.period, s.rank, '', f.status, f.place, case when f.status = 'stated' then f.text else '' end,
        case when f.status = 'stated' then '' else f.text end
    from source s join fact f on f.fact = s.name and f.framework = s.framework and f.period = s.period where s.source = 'fact'
),
-- Its own text first, then what states something, then what says why nothing is stated.
first as (select * from found qualify row_number() over (partition by framework, datapoint, period order by rank > 0 and status <> 'stated', rank) = 1)
select a.framework, a.datapoint, a.period, a.section, a.label, a.citation, a.is_mandatory, a.framework_position, a.position,
    case when f.narrative <> '' then f.status when c.status is not null then c.status when n.reason is not null then 'not_applicable' when f.status is not null then f.status
        when a.is_mandatory then 'needs_person' else 'not_reported' end as status,
    case when f.narrative <> '' or (c.status is null and n.reason is null) then coalesce(f.narrative, '') else '' end as narrative,
    case when f.narrative <> '' or (c.status is null and n.reason is null) then coalesce(f.place, '') else '' end as place,
    case when f.narrative <> '' or (c.status is null and n.reason is null) then coalesce(f.text, '') else '' end as text,
    case when f.narrative <> '' then f.reason when c.status is not null then c.reason when n.reason is not null then n.reason
        else coalesce(f.reason, 'no text: write narratives/' || a.framework || '/' || a.datapoint || '.md') end as reason
from asked a
left join first f on f.framework = a.framework and f.datapoint = a.datapoint and f.period = a.period
left join declared_datapoint c on c.framework = a.framework and c.datapoint = a.datapoint
left join not_applicable n on n.framework = a.framework and n.datapoint = a.datapoint and n.period = a.period;
