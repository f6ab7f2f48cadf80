-- title: Lifecycle of the systems
-- lead: Each system by stage: manufacture is the embodied share of its hardware; the data centre's overhead is inside the stages of use, by PUE. A stage without data is said to have none: it is not zero.
-- place: sci
-- order: 3
-- columns: system=System; stage=Stage; mwh=Energy, MWh|6; kg=kg CO2e (location-based)|3; note=Data
with stage as (
    select * from (values (1, 'embodied', 'Manufacture of hardware'), (2, 'construction', 'Data centre (building and plant)'), (3, 'training', 'Training'), (4, 'fine_tuning', 'Fine-tuning'),
        (5, 'inference', 'Inference'), (6, 'operation', 'Operation, not told apart'), (7, 'end_of_life', 'End of life')) as s(position, stage, label)
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
order by y.system, s.position
