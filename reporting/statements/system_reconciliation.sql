-- title: From the scores to the corporate inventory
-- lead: Every kilogram of a system, in its score and in the corporate inventory (location-based): where the two differ, the reason. The score takes embodied emissions by the share of life and machine that was used; the inventory counts purchased equipment in full in category 2 in the year of purchase.
-- place: sci
-- order: 2
-- columns: system=System; line=What; place=Place in the inventory; score_kg=In the score, kg CO2e|3; inventory_kg=In the inventory, kg CO2e|3; reason=Reason for a difference
with score as (select lifecycle_stage as stages from datapoint where framework = 'sci' and datapoint = 'emissions'),
own as (
    select l.system, l.lifecycle_stage as line, l.scope, l.scope3_category, l.role, contains('|' || s.stages || '|', '|' || l.lifecycle_stage || '|') as is_scored, l.kg_co2e
    from ledger l cross join score s
    where l.system <> '' and l.view = getvariable('view') and l.month >= getvariable('starts') and l.month < getvariable('ends') and l.basis in ('both', 'location') and not l.is_biogenic
),
upstream as (
    select p.system, 'upstream of its energy' as line, l.scope, l.scope3_category, l.role, false as is_scored, l.kg_co2e
    from ledger l join (select activity_id, system from activity where system <> '') p on p.activity_id = l.parent_activity_id
    where l.derivation = 'adds' and l.system = '' and l.view = getvariable('view') and l.month >= getvariable('starts') and l.month < getvariable('ends')
        and l.basis in ('both', 'location') and not l.is_biogenic
),
line as (
    select system, line, case when scope = '' then 'outside the scopes' when scope = '3' then 'Scope 3, category ' || scope3_category else 'Scope ' || scope end as place, role, scope,
        is_scored, sum(kg_co2e) as kg
    from (from own union all from upstream) group by all
),
told as (
    select system, line, place, case when is_scored then kg else 0 end as score_kg, case when role = 'inventory' then kg else 0 end as inventory_kg,
        case when is_scored and role = 'inventory' then ''
            when is_scored and scope = '' then 'amortised here; the purchase counts in full in category 2'
            when is_scored then 'the same energy is in the inventory by a better source'
            when line = 'upstream of its energy' then 'the score takes direct emissions of the energy; the inventory adds category 3'
            when role = 'inventory' then 'a lifecycle stage outside the score' else 'priced for information only' end as reason, 0 as rank
    from line
    union all
    select system, 'Total', '', sum(case when is_scored then kg else 0 end), sum(case when role = 'inventory' then kg else 0 end), '', 1 from line group by system
)
select y.name as system, t.line, t.place, cast(t.score_kg as decimal(38,12)) as score_kg, cast(t.inventory_kg as decimal(38,12)) as inventory_kg, t.reason
from told t join system y on y.system = t.system
order by t.system, t.rank, t.place, t.line, t.reason
