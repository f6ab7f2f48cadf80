-- Sums and inputs with their status: withheld where an error damages them, never understated; nothing there is said as no_activity.
create table figure_base as
with summed as (
    select figure_id, period, sum(entries) as entries, sum(amount) as amount, sum(kg_gas) as kg_gas, count(kg_gas) as parts_with_mass, count(*) as parts, sum(kg_measured) as measured,
        sum(kg_estimated) as estimated, sum(kg_filled) as filled, sum(kg_primary) as primary_data, sum(kg_fallback) as fallback, sum(kg_other_gwp_set) as other_gwp_set
    from figure_part group by figure_id, period
),
damaged as (select figure_id, period, count(*) as errors, min(rule) as rule from figure_damage group by figure_id, period),
given as (
    select g.figure_id, g.period, min(i.value) as value, min(i.source) as source
    from figure_definition g join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
    join input i on i.name = d.input and i.period = g.period and (g.split = '' or i.key = g.split_value) and (g.split <> '' or i.unit = d.unit or (i.unit = 't_co2e' and d.unit = 'tCO2e'))
    where d.kind = 'input' group by g.figure_id, g.period
)
select g.figure_id, g.framework, g.datapoint, g.split, g.split_value, g.period, g.view, g.kind, d.factor,
    case when a.reason is not null then 'not_applicable'
        when g.kind = 'input' then case when x.errors > 0 then 'withheld' when n.value is not null then 'stated' when c.status is not null then c.status when d.is_mandatory and d.answer = 'person' then 'needs_person'
            when d.is_mandatory then 'withheld' else 'not_reported' end
        when x.errors > 0 then 'withheld'
        when g.disclosure = 'excluded' then 'not_reported' when g.disclosure = 'not_relevant' then 'not_material'
        when s.entries is null and (g.disclosure = 'undecided' or d.basis = 'provisional') then 'not_reported' when s.entries is null then 'no_activity'
        when contains(d.basis, 'provisional') then 'provisional' else 'stated' end as status,
    case when a.reason is not null then cast(null as decimal(38,12)) when g.kind = 'input' then case when coalesce(x.errors, 0) = 0 then n.value end
        when x.errors > 0 or g.disclosure in ('excluded', 'not_relevant') or ((g.disclosure = 'undecided' or d.basis = 'provisional') and s.entries is null) then cast(null as decimal(38,12))
        when s.entries is null then cast(0 as decimal(38,12))
        else cast((case when d.measure = 'kg_gas' then s.kg_gas else s.amount end) * d.factor as decimal(38,12)) end as value,
    coalesce(s.entries, 0) as entries, s.amount, s.measured, s.estimated, s.filled, s.primary_data, s.fallback, s.other_gwp_set,
    case when a.reason is not null then a.reason when g.kind = 'input' and coalesce(x.errors, 0) = 0 then case when n.value is null and c.reason is not null then c.reason when n.value is null then 'not given under inputs of inventory.yaml' else n.source end
        when x.errors > 0 then cast(x.errors as varchar) || case when x.errors = 1 then ' error: ' else ' errors, the first: ' end || x.rule
        when s.entries is null and d.basis = 'provisional' then 'no instrument is waiting to be cancelled'
        else g.disclosure_reason end as reason
from figure_definition g
join datapoint d on d.framework = g.framework and d.datapoint = g.datapoint
left join summed s on s.figure_id = g.figure_id and s.period = g.period
left join damaged x on x.figure_id = g.figure_id and x.period = g.period
left join given n on n.figure_id = g.figure_id and n.period = g.period
left join not_applicable a on a.framework = g.framework and a.datapoint = g.datapoint and a.period = g.period
left join declared_datapoint c on c.framework = g.framework and c.datapoint = g.datapoint
where g.kind in ('sum', 'input');
