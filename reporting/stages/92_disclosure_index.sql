-- The disclosure index: every datapoint of every framework exactly once per period, with one status. A breakdown takes the worst status of its figures
-- (withheld, then stated, provisional, no_activity, needs_person, not_reported, not_material); one without any figure has nothing to be broken down by.
create table disclosure_index as
with counted as (
    select framework, datapoint, period, count(*) as figures, min(figure_id) as figure_id, min(position) as first_position,
        min(case status when 'withheld' then 1 when 'stated' then 2 when 'provisional' then 3 when 'no_activity' then 4 when 'needs_person' then 5 when 'not_reported' then 6
            when 'not_material' then 7 else 8 end) as worst,
        count(*) filter (where status in ('stated', 'provisional', 'no_activity')) as given, count(*) filter (where status = 'withheld') as withheld,
        min(case when status in ('stated', 'provisional') and stated is not null then format_stated(stated, decimals) || ' ' || unit when status = 'no_activity' then '0 ' || unit end)
            as stated,
        min(reason) filter (where status = 'withheld') as withheld_reason, min(reason) as reason
    from figure group by framework, datapoint, period
)
select d.framework, w.position as framework_position, d.datapoint, p.period, d.position, d.section, d.label, d.citation as clause, d.kind, d.is_mandatory,
    coalesce(t.status, case c.worst when 1 then 'withheld' when 2 then 'stated' when 3 then 'provisional' when 4 then 'no_activity' when 5 then 'needs_person'
        when 6 then 'not_reported' when 7 then 'not_material' else 'not_applicable' end) as status,
    case when d.kind <> 'text' then d.section when t.status <> 'stated' then '' when t.narrative <> '' then d.section else t.place end as place,
    case when d.kind = 'text' then case when t.status = 'stated' and t.narrative = '' then t.text when t.status = 'stated' then 'text' else '' end
        when c.figures = 1 then coalesce(c.stated, '') when c.given > 0 then c.given || ' of ' || c.figures || ' figures' else '' end as answer,
    case when d.kind = 'text' then t.reason when c.figures is null then case when d.split = '' then 'nothing of the kind is declared' else 'nothing to be broken down by: no ' || d.split end
        when c.worst = 1 then case when c.figures > 1 then c.withheld || ' of ' || c.figures || ' withheld: ' else '' end || c.withheld_reason
        when c.worst > 4 then c.reason else '' end as reason,
    coalesce(c.figure_id, '') as figure_id
from datapoint d
join framework w on w.framework = d.framework
join framework_period k on k.framework = d.framework
join period p on p.kind = k.kind
left join counted c on c.framework = d.framework and c.datapoint = d.datapoint and c.period = p.period
left join text_answer t on t.framework = d.framework and t.datapoint = d.datapoint and t.period = p.period;
