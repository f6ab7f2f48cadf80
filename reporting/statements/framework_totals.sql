-- title: The same totals in every framework
-- lead: Scope 1, both Scope 2 and Scope 3 as each framework states them, in its own rounding. Where view and selection are those of the first line the exact value is the same; where it differs, the difference and its cause are printed, the bridge between views has the parts, and what that bridge leaves unexplained stands beside it (0 where all is explained).
-- place: annex
-- order: 32
-- columns: concept=Total; figure=Figure; view=View; stated=Stated, t CO2e; exact=Exact, t CO2e|6; difference=Difference from the first, t CO2e|6; residual=Not explained, t CO2e|6; cause=Cause
with concept(concept, rank, scope, basis, iso) as (values ('Scope 1', 1, '1', '', '1'), ('Scope 2, location-based', 2, '2', 'location', '2'), ('Scope 2, market-based', 3, '2', 'market', '2'),
    ('Scope 3', 4, '3', '', '3|4|5|6'), ('Total, location-based', 5, '1|2|3', 'location', '1|2|3|4|5|6'), ('Total, market-based', 6, '1|2|3', 'market', '1|2|3|4|5|6')),
single as (
    select c.concept, c.rank, f.figure_id, f.framework, f.view, f.status, f.value, format_stated(f.stated, f.decimals) as stated, w.position, v.approach, v.gwp_set
    from concept c join datapoint d on d.kind = 'sum' and d.measure = 'kg_co2e' and d.split = '' and d.biogenic = '' and d.gas_group = '' and d.scope3_category = '' and d.energy_source = '' and d.system = ''
        and d.role = 'inventory' and d.factor = 0.001 and d.basis = c.basis and ((d.scope = c.scope and d.iso_category = '') or (d.scope = '' and d.iso_category = c.iso))
    join figure f on f.framework = d.framework and f.datapoint = d.datapoint and f.period = getvariable('period')
    join framework w on w.framework = f.framework join view v on v.view = f.view
),
-- ISO 14064-1 states Scope 3 in four categories: they are added up.
regrouped as (
    select 'Scope 3' as concept, 4 as rank, 'iso_14064_1_2018/category3 to category6' as figure_id, f.framework, f.view, case when bool_or(f.status = 'withheld') then 'withheld' else 'stated' end as status,
        cast(sum(f.value) as decimal(38,12)) as value, format_stated(cast(sum(f.stated) as decimal(38,12)), 3) as stated, w.position, v.approach, v.gwp_set
    from figure f join framework w on w.framework = f.framework join view v on v.view = f.view
    where f.framework = 'iso_14064_1_2018' and f.datapoint in ('category3', 'category4', 'category5', 'category6') and f.key = '' and f.period = getvariable('period') group by all
),
line as (
    select *, row_number() over (partition by concept order by position, figure_id) as n from (from single union all by name from regrouped)
),
compared as (
    select l.*, f.view as first_view, f.approach as first_approach, f.gwp_set as first_gwp_set, case when l.status <> 'withheld' and f.status <> 'withheld' then l.value - f.value end as difference,
        coalesce(b.tonnes, 0) as bridged
    from line l join line f on f.concept = l.concept and f.n = 1
    -- What leads from the first figure's view to this one's, by entity and cause: 67_view_bridge.sql, which never reads the other figure.
    left join (select figure_id, base_view, other_view, cast(sum(kg_co2e) * 0.001 as decimal(38,12)) as tonnes from view_bridge where period = getvariable('period') group by all) b
        on b.figure_id = f.figure_id and b.base_view = f.view and b.other_view = l.view
),
-- Figures are rounded to 12 decimals one by one: a difference in the last two of them is rounding.
explained as (
    select *, case when abs(difference - bridged) <= 0.000000000002 then cast(0 as decimal(38,12)) else cast(difference - bridged as decimal(38,12)) end as residual from compared
)
select concept, figure_id as figure, view, case when status = 'withheld' then 'withheld' else stated end as stated, case when status <> 'withheld' then value end as exact, difference, residual,
    case when n = 1 then 'first' when difference is null then 'withheld' when difference = 0 and view = first_view then 'same' when view = first_view then 'selection differs'
        else concat_ws(', ', case when approach <> first_approach then replace(first_approach, '_', ' ') || ' to ' || replace(approach, '_', ' ') end,
            case when gwp_set <> first_gwp_set then 'GWP set ' || first_gwp_set || ' to ' || gwp_set end, case when residual <> 0 then 'selection differs' end)
            || case when difference = 0 then ': same value' else '' end end as cause
from explained order by rank, n
