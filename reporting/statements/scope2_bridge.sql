-- title: Scope 2 from the location basis to the market basis
-- lead: The two Scope 2 totals are of the same energy and are never added. By country, what the market basis adds or takes away (what priced the energy there stands in the table of instruments, residual mixes and grid averages); the last line sets the sum beside the difference of the two totals as disclosed, and what is left unexplained (0 where all is explained).
-- place: annex
-- order: 33
-- columns: place=Country; location=Location-based, t CO2e|3; market=Market-based, t CO2e|3; difference=Difference, t CO2e|3; residual=Not explained, t CO2e|6; note=Note
with part as (
    select t.country, sum(case when t.basis in ('both', 'location') then t.kg_co2e else 0 end) as location_kg, sum(case when t.basis in ('both', 'market') then t.kg_co2e else 0 end) as market_kg
    from entry_total t
    where t.view = getvariable('view') and t.scope = '2' and t.role = 'inventory' and not t.is_biogenic and t.month >= getvariable('starts') and t.month < getvariable('ends')
    group by t.country
),
disclosed as (
    select d.basis, f.status, f.value, row_number() over (partition by d.basis order by w.position, f.position) as n
    from figure f join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint join framework w on w.framework = f.framework
    where f.period = getvariable('period') and f.view = getvariable('view') and d.kind = 'sum' and d.measure = 'kg_co2e' and d.split = '' and d.biogenic = '' and d.gas_group = ''
        and d.energy_source = '' and d.system = '' and d.role = 'inventory' and d.factor = 0.001 and d.basis in ('location', 'market')
        and (d.scope = '2' or (d.scope = '' and d.iso_category = '2'))
),
told as (select l.value as location, m.value as market, l.status <> 'withheld' and m.status <> 'withheld' as is_given from disclosed l join disclosed m on l.basis = 'location' and m.basis = 'market' and l.n = 1 and m.n = 1),
line as (
    select 0 as rank, p.country as place, p.location_kg, p.market_kg, '' as note, cast(null as decimal(38,12)) as residual
    from part p where p.location_kg <> 0 or p.market_kg <> 0
    union all
    select 1, 'All', sum(p.location_kg), sum(p.market_kg), case when t.is_given then 'the two totals as disclosed differ by as much' else 'a total is withheld' end,
        case when t.is_given then cast(t.market - t.location - cast((sum(p.market_kg) - sum(p.location_kg)) * 0.001 as decimal(38,12)) as decimal(38,12)) end
    from part p cross join told t group by t.location, t.market, t.is_given
)
select place, cast(location_kg * 0.001 as decimal(38,12)) as location, cast(market_kg * 0.001 as decimal(38,12)) as market, cast((market_kg - location_kg) * 0.001 as decimal(38,12)) as difference,
    case when abs(residual) <= 0.000000000002 then cast(0 as decimal(38,12)) else residual end as residual, note
from line order by rank, place
