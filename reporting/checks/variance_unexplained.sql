-- rule: variance/unexplained
-- severity: warning
-- stage: 72
-- fix: say why under explanations of inventory.yaml (figure, period, text), or find the missing rows
-- citation: GHG Protocol Corporate Standard ch. 7 (inventory quality)
with pair as (
    select c.period, coalesce(max(b.period) filter (where b.starts = c.starts - interval 12 month), max(b.period) filter (where b.ends = c.starts)) as before
    from period c join period b on b.kind = c.kind and b.starts < c.starts and (b.starts = c.starts - interval 12 month or b.ends = c.starts)
    where c.is_disclosed group by c.period
)
select null as source_id, null as file_no, null as row_no, now.figure_id || '@' || now.period as subject, 'both' as basis,
    now.label || ': ' || plain_number(was.stated) || ' in ' || was.period || ', ' || plain_number(now.stated) || ' in ' || now.period || ' ' || now.unit || ', a change of '
        || plain_number(now.stated - was.stated) || ' against a threshold of ' || plain_number(cast(s.value as decimal(18,9)) * 100) || ' %' as message
from pair p
join figure now on now.period = p.period and now.is_total and now.key = '' and now.kind = 'sum' and now.status in ('stated', 'no_activity')
join figure was on was.period = p.before and was.figure_id = now.figure_id and was.status in ('stated', 'no_activity')
join setting s on s.name = 'variance_threshold'
left join explanation e on e.figure = now.figure_id and e.period = now.period
where abs(now.value - was.value) > abs(was.value) * cast(s.value as decimal(18,9)) and e.figure is null
