-- title: From one view to another
-- lead: The totals in every view that the inventory declares, and what leads from the first to each other: by entity, whether its control or its ownership share weighs differently, a lease or franchise moves, or the GWP set differs. The differences add up exactly.
-- place: annex
-- order: 30
-- columns: label=Figure; step=From view to view; entity=Entity; tonnes=t CO2e|3
with pair as (
    select p.*, f.figure_id, f.period, f.label, f.position, exists (from view_withheld w where w.figure_id = f.figure_id and w.period = f.period
        and w.view in (p.base_view, p.other_view)) as is_withheld
    from view_pair p join figure f on f.view = p.base_view and f.period = getvariable('period') and f.key = '' and f.is_total and f.kind = 'sum'
    join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint and d.measure = 'kg_co2e'
    where f.framework = (select framework from framework order by position, framework limit 1)
),
total as (select figure_id, period, view, sum(kg_co2e) as kg from view_part group by all),
line as (
    select p.position, p.other_view, 0 as rank, p.label, p.base_view || ' (' || replace(p.base_approach, '_', ' ') || ', ' || p.base_gwp_set || ')' as step, '' as entity,
        case when not p.is_withheld then coalesce(t.kg, 0) end as kg
    from pair p left join total t on t.figure_id = p.figure_id and t.period = p.period and t.view = p.base_view
    union all
    select p.position, p.other_view, 1, p.label, b.cause, coalesce(n.name, b.entity), b.kg_co2e
    from pair p join view_bridge b on b.figure_id = p.figure_id and b.period = p.period and b.other_view = p.other_view
    left join (select entity, min(name) as name from entity group by entity) n on n.entity = b.entity
    union all
    select p.position, p.other_view, 2, p.label, p.other_view || ' (' || replace(p.other_approach, '_', ' ') || ', ' || p.other_gwp_set || ')' || case when p.is_withheld then ': withheld' else '' end,
        '', case when not p.is_withheld then coalesce(t.kg, 0) end
    from pair p left join total t on t.figure_id = p.figure_id and t.period = p.period and t.view = p.other_view
)
select label, step, entity, cast(kg * 0.001 as decimal(38,12)) as tonnes from line order by other_view, position, rank, entity, step
