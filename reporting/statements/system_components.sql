-- title: Components of the systems
-- lead: What each component of a system adds to its score: energy at the facility, operational emissions O (location-based) and embodied emissions M. PUE is applied once, where the energy was read at the IT equipment.
-- place: sci
-- order: 1
-- columns: system=System; component=Component; stage=Lifecycle stage; mwh=Energy, MWh|6; operational_kg=O, kg CO2e|3; embodied_kg=M, kg CO2e|3; per_unit_g=g CO2e per R|6
with part as (
    select system, case when meter <> '' then meter when site <> '' then site else region end as component, lifecycle_stage as stage, 0::decimal(38,12) as mwh,
        case when lifecycle_stage in ('embodied', 'embodied_training') then 0 else kg_co2e end as operational_kg, case when lifecycle_stage in ('embodied', 'embodied_training') then kg_co2e else 0 end as embodied_kg
    from ledger
    where system <> '' and view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and basis in ('both', 'location') and not is_biogenic
    union all
    select a.system, case when a.meter <> '' then a.meter when a.site <> '' then a.site else a.region end, a.lifecycle_stage,
        cast(e.mwh * k.share as decimal(38,12)), 0, 0
    from activity_energy e
    join activity a on a.activity_id = e.activity_id
    join classification_key k on k.activity_type = e.activity_type and k.hosting = e.hosting and k.entity = e.entity and k.month = e.month and k.view = getvariable('view')
        and k.moved <> 'investment'
    where a.system <> '' and e.month >= getvariable('starts') and e.month < getvariable('ends')
),
summed as (
    select p.system, p.component, p.stage, sum(p.mwh) as mwh, cast(sum(p.operational_kg) as decimal(38,12)) as operational_kg, cast(sum(p.embodied_kg) as decimal(38,12)) as embodied_kg
    from part p
    join datapoint d on d.framework = 'sci' and d.datapoint = 'emissions' and contains('|' || d.lifecycle_stage || '|', '|' || p.stage || '|')
    group by p.system, p.component, p.stage
)
select y.name as system, s.component, s.stage, s.mwh, s.operational_kg, s.embodied_kg,
    case when i.value > 0 then scaled_quotient(cast((s.operational_kg + s.embodied_kg) * 1000 as decimal(38,12)), i.value) end as per_unit_g
from summed s
join system y on y.system = s.system
left join input i on i.name = 'functional_unit' and i.key = s.system and i.period = getvariable('period')
order by s.system, s.stage in ('embodied', 'embodied_training'), s.component, s.stage
