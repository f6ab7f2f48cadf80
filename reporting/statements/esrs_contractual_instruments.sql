-- title: Contractual instruments of Scope 2
-- lead: Share of the purchased electricity, heat, steam and cooling that contractual instruments covered: bundled with the energy (contracts, tariffs and rates of suppliers) and unbundled (certificates bought apart). Only instruments cancelled for the company count.
-- place: esrs_e1_set1
-- order: 10
-- columns: kind=Instruments; mwh=MWh|3; share=Share of Scope 2 energy, %|2
with line as (
    select l.activity_id, l.market_tier, max(cast(cast(cast(l.activity_quantity * c.multiplier as decimal(38,10)) * 0.001 as decimal(38,12)) * l.share as decimal(38,12))) as mwh
    from ledger l join unit_conversion c on c.from_unit = l.activity_unit and c.to_unit = 'kWh'
    where l.view = getvariable('view') and l.scope = '2' and l.role = 'inventory' and l.basis = 'market' and l.month >= getvariable('starts') and l.month < getvariable('ends')
    group by l.activity_id, l.market_tier
),
total as (
    select case when not t.is_contractual then 3 when t.tier = 'certificate' then 2 else 1 end as position, cast(sum(x.mwh) as decimal(38,12)) as mwh
    from line x join market_tier t on t.tier = x.market_tier group by all
)
select case position when 1 then 'Bundled with the energy' when 2 then 'Unbundled certificates' else 'None' end as kind, mwh,
    scaled_quotient(cast(mwh * 100 as decimal(38,12)), sum(mwh) over ()) as share
from total where mwh <> 0 order by position
