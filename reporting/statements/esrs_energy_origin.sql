-- title: Where the energy comes from
-- lead: Fuels by group, own generation, and purchased energy by its contract. What no contract covers is nuclear by the national generation and otherwise fossil, also where the grid has renewable energy that nobody's contract claims: the last column says how much that is.
-- place: esrs_e1_set1
-- order: 12
-- columns: origin=Origin; binding=Instrument; evidence=By what; mwh=MWh|3; share=Share, %|2; unclaimed=Of that renewable in the national mix, MWh|3
with line as (
    select replace(m.origin, '_', ' ') as origin, m.binding, replace(m.evidence, ':', ' ') as evidence, cast(sum(m.mwh) as decimal(38,12)) as mwh, cast(sum(m.mwh_unclaimed) as decimal(38,12)) as unclaimed
    from energy_mix m where m.view = getvariable('view') and m.scope in ('1', '2') and m.role = 'inventory' and m.month >= getvariable('starts') and m.month < getvariable('ends') group by all
)
select origin, binding, evidence, mwh, scaled_quotient(cast(mwh * 100 as decimal(38,12)), nullif(sum(mwh) over (), 0)) as share, case when unclaimed <> 0 then unclaimed end as unclaimed
from line where mwh <> 0 order by origin, binding, evidence
