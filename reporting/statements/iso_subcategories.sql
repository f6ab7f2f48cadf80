-- title: Categories with sub-categories
-- lead: Every line of the period in exactly one sub-category, location-based, and beside each category its figure, which the sub-categories add up to. The letters of the sub-categories are from memory and not compared with the text of the standard.
-- place: iso_14064_1_2018
-- order: 10
-- columns: subcategory=Sub-category; label=What; tonnes=t CO2e|3; biogenic=Biogenic CO2, t|3; lines=Ledger lines|0
with line as (
    select iso_category, scope3_category, activity_type, sum(case when is_biogenic then 0 else kg_co2e end) as kg, sum(case when is_biogenic then kg_co2e else 0 end) as biogenic_kg,
        count(*) as lines
    from ledger
    where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and role = 'inventory' and iso_category <> '' and basis in ('both', 'location')
    group by all
),
placed as (
    select l.*, s.subcategory, s.label, s.position, row_number() over (partition by l.iso_category, l.scope3_category, l.activity_type order by s.position) as n
    from line l join iso_subcategory s on s.iso_category = l.iso_category and (s.scope3_category = '' or s.scope3_category = l.scope3_category)
        and regexp_matches(l.activity_type, s.pattern)
),
summed as (
    select iso_category, min(position) as position, subcategory, label, cast(sum(kg) as decimal(38,12)) as kg, cast(sum(biogenic_kg) as decimal(38,12)) as biogenic_kg, sum(lines) as lines
    from placed where n = 1 group by iso_category, subcategory, label
)
select s.subcategory, s.label || case when f.status = 'withheld' then ' (withheld with its category)' else '' end as label,
    case when f.status <> 'withheld' then cast(s.kg * 0.001 as decimal(38,12)) end as tonnes, case when f.status <> 'withheld' then cast(s.biogenic_kg * 0.001 as decimal(38,12)) end as biogenic,
    s.lines, s.iso_category, 0 as is_total, s.position
from summed s join figure f on f.figure_id = 'iso_14064_1_2018/category' || s.iso_category and f.period = getvariable('period')
union all
select 'Category ' || iso_category, f.label || case when f.status = 'withheld' then ' (withheld)' else '' end, f.value,
    case when f.status <> 'withheld' then cast(sum(s.biogenic_kg) * 0.001 as decimal(38,12)) end, sum(s.lines), s.iso_category, 1, 0
from summed s join figure f on f.figure_id = 'iso_14064_1_2018/category' || s.iso_category and f.period = getvariable('period')
group by s.iso_category, f.label, f.status, f.value
order by iso_category, is_total, position
