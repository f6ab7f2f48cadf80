-- title: Energy and water effectiveness of the sites
-- lead: Sites with energy read at the IT equipment. PUE is facility energy over IT energy (ISO/IEC 30134-2), CUE location-based carbon dioxide equivalent of that facility energy over IT energy (30134-8), WUE the site's water over IT energy (30134-9). Values of a quarter are no annual certificates.
-- place: annex
-- order: 20
-- columns: site=Site; it_kwh=IT energy, kWh|0; facility_kwh=Facility energy, kWh|0; pue=PUE|3; kg_co2e=kg CO2e, location-based|0; cue=CUE, kg/kWh|4; water_l=Water, litres|0; wue=WUE, l/kWh|3
with it_row as (
    select a.activity_id, a.site, cast(a.quantity * c.multiplier as decimal(38,10)) as kwh
    from activity a
    join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity'
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = 'kWh'
    where a.measurement_point = 'it' and a.derivation = '' and a.role = 'inventory' and a.site <> '' and a.month >= getvariable('starts') and a.month < getvariable('ends')
),
facility_row as (
    select a.activity_id, i.site, i.kwh as it_kwh, cast(a.quantity * c.multiplier as decimal(38,10)) as kwh
    from it_row i join activity a on a.parent_activity_id = i.activity_id and a.derivation = 'replaces' and a.measurement_point = 'facility'
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = 'kWh'
),
energy as (select site, cast(sum(it_kwh) as decimal(38,12)) as it_kwh, cast(sum(kwh) as decimal(38,12)) as facility_kwh from facility_row group by site),
carbon as (
    select f.site, cast(sum(l.kg_co2e) as decimal(38,12)) as kg_co2e
    from facility_row f join ledger l on l.activity_id = f.activity_id and l.view = getvariable('view') and l.basis in ('both', 'location') and not l.is_biogenic group by f.site
),
water as (
    select a.site, cast(sum(cast(a.quantity * c.multiplier as decimal(38,10))) as decimal(38,12)) as water_l
    from activity a join unit_conversion c on c.from_unit = a.unit and c.to_unit = 'l'
    where a.activity_type = 'water.supply' and a.counts and a.derivation = '' and a.month >= getvariable('starts') and a.month < getvariable('ends') group by a.site
)
select s.name as site, e.it_kwh, e.facility_kwh, scaled_quotient(e.facility_kwh, e.it_kwh) as pue, c.kg_co2e, scaled_quotient(c.kg_co2e, e.it_kwh) as cue, w.water_l,
    scaled_quotient(w.water_l, e.it_kwh) as wue
from energy e join site s on s.site = e.site left join carbon c on c.site = e.site left join water w on w.site = e.site
where e.it_kwh > 0
order by s.site
