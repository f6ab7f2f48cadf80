-- title: Why the totals changed
-- lead: From the version before to this one, cause by cause: each cause's inputs were put in place of the old ones in this order, and everything was computed again. The steps add up to the change exactly. Bars of a waterfall start at the level named and rise or fall from there.
-- place: annex
-- order: 2
-- columns: label=Figure; step=Step; amount=Change|6; low=Bar starts at|6; rises=Rises by|6; falls=Falls by|6
with chosen as (
    from restatement_figure where (is_total and framework = (select framework from framework order by position, framework limit 1)) or residual <> 0
),
line as (
    select f.position, f.label || ', ' || f.unit as label, 0 as place, f.old_version || case when f.old_value is null then ': ' || coalesce(nullif(replace(f.old_status, '_', ' '), ''), 'not there') else '' end as step,
        f.old_value as amount, cast(0 as decimal(38,12)) as low, greatest(coalesce(f.old_value, 0), 0) as rises, greatest(-coalesce(f.old_value, 0), 0) as falls
    from chosen f
    union all
    select f.position, f.label || ', ' || f.unit, p.position, p.step, p.amount, least(p.level_before, p.level_after), greatest(p.amount, 0), greatest(-p.amount, 0)
    from chosen f join restatement_part p on p.figure_id = f.figure_id
    union all
    select f.position, f.label || ', ' || f.unit, 1000000, f.new_version || case when f.new_value is null then ': ' || coalesce(nullif(replace(f.new_status, '_', ' '), ''), 'not there') else '' end,
        f.new_value, cast(0 as decimal(38,12)), greatest(coalesce(f.new_value, 0), 0), greatest(-coalesce(f.new_value, 0), 0)
    from chosen f
)
select label, step, amount, low, rises, falls from line order by position, place
