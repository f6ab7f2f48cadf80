-- title: Lifecycle of the systems
-- lead: Each system by stage: manufacture is the embodied share of its hardware; the data centre's overhead is inside the stages of use, by PUE. A stage without data is said to have none: it is not zero.
-- place: sci
-- order: 3
-- columns: system=System; stage=Stage; mwh=Energy, MWh|6; kg=kg CO2e (location-based)|3; note=Data
with stage as (
    select * from (values (1, 'embodied', 'Manufacture of hardware', true), (2, 'embodied_training', 'Manufacture of hardware that trains', false),
        (3, 'construction', 'Data centre (building and plant)', true), (4, 'data_preparation', 'Data preparation', false), (5, 'training', 'Training', true),
        (6, 'fine_tuning', 'Fine-tuning', true), (7, 'deployment', 'Deployment', false), (8, 'inference', 'Inference', true), (9, 'operation', 'Operation, not told apart', true),
        (10, 'end_of_life', 'End of life', true)) as s(position, stage, label, is_always_shown)
),
part as (
    select system, lifecycle_stage as stage, sum(kg_co2e) as kg, cast(0 as decimal(38,12)) as mwh, sum(entries) as lines from entry_total
    where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and system <> '' and basis in ('both', 'location') and not is_biogenic group by all
    union all
    select system, lifecycle_stage, 0, sum(mwh), 0 from energy_total
    where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and system <> '' group by all
),
summed as (select system, stage, cast(sum(kg) as decimal(38,12)) as kg, cast(sum(mwh) as decimal(38,12)) as mwh, sum(lines) as lines from part group by all)
select y.name as system, s.label as stage, case when f.status <> 'withheld' then t.mwh end as mwh, case when f.status <> 'withheld' then t.kg end as kg,
    case when f.status = 'withheld' then 'withheld with the emissions of the system' when t.lines is null then 'no data in the period' else t.lines || ' lines' end as note
from system y cross join stage s
join figure f on f.figure_id = 'sci/emissions/system=' || y.system and f.period = getvariable('period')
left join summed t on t.system = y.system and t.stage = s.stage
where s.is_always_shown or t.lines is not null
order by y.system, s.position
