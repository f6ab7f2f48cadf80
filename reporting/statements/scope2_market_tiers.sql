-- title: Scope 2, market-based: what the energy was priced by
-- lead: Energy and emissions by the kind of information that priced them, in the order in which they are applied (GHG Protocol Scope 2 Guidance, Table 6.3); every line of the ledger carries its tier. Heat, steam and cooling without a rate of their supplier take the location factor and stand in the last row.
-- place: ghg_protocol
-- order: 10
-- columns: tier=Priced by; instrument=Instrument; mwh=MWh|3; share=Share of MWh, %|2; t_co2e=t CO2e|3
with line as (
    select l.activity_id, l.market_tier, l.factor_id, max(cast(cast(cast(l.activity_quantity * c.multiplier as decimal(38,10)) * 0.001 as decimal(38,12)) * l.share as decimal(38,12))) as mwh,
        sum(case when l.is_biogenic then cast(0 as decimal(38,12)) else l.kg_co2e end) as kg_co2e
    from ledger l join unit_conversion c on c.from_unit = l.activity_unit and c.to_unit = 'kWh'
    where l.view = getvariable('view') and l.scope = '2' and l.role = 'inventory' and l.basis = 'market' and l.month >= getvariable('starts') and l.month < getvariable('ends')
    group by l.activity_id, l.market_tier, l.factor_id
),
total as (
    select x.market_tier, coalesce(k.label, '') as instrument, cast(sum(x.mwh) as decimal(38,12)) as mwh, cast(sum(x.kg_co2e) as decimal(38,12)) as kg_co2e
    from line x left join instrument i on x.factor_id = 'instrument.' || i.instrument_id left join instrument_kind k on k.instrument_kind = i.kind
    group by x.market_tier, coalesce(k.label, '')
)
select t.label as tier, x.instrument, x.mwh, scaled_quotient(cast(x.mwh * 100 as decimal(38,12)), sum(x.mwh) over ()) as share, cast(x.kg_co2e * 0.001 as decimal(38,12)) as t_co2e
from total x join market_tier t on t.tier = x.market_tier
where x.mwh <> 0
order by t.position, x.instrument
