-- title: Energy exported
-- lead: Energy sold or fed into a grid, priced with the location-based factor of the place: information outside the scopes, taken off no total.
-- place: annex
-- order: 22
-- columns: site=Site; activity=Energy; mwh=MWh|3; t_co2e=t CO2e at the grid average|3
select coalesce(s.name, l.site) as site, l.activity_label as activity, cast(-sum(cast(l.activity_quantity * c.multiplier as decimal(38,10))) as decimal(38,12)) as mwh,
    cast(-sum(l.kg_co2e) * 0.001 as decimal(38,12)) as t_co2e
from ledger l
join unit_conversion c on c.from_unit = l.activity_unit and c.to_unit = 'MWh'
left join site s on s.site = l.site
where l.energy_source = 'exported' and l.view = getvariable('view') and l.month >= getvariable('starts') and l.month < getvariable('ends') and l.basis in ('both', 'location')
    and not l.is_biogenic
group by all order by site, activity
