-- title: Filled months
-- lead: Months without data that were estimated by a declared method. The tonnes are those of the filled rows and of what derives from them, location-based, over all scopes; they are part of the estimated share.
-- place: annex
-- order: 40
-- columns: month=Month; site=Site; activity=Activity; method=Method; rows=Rows it rests on|0; quantity=Quantity|3; unit=Unit; tonnes=t CO2e|3; note=Basis, reason
with line as (
    select f.filled_activity_id, sum(l.kg_co2e) as kg_co2e
    from filled_activity f join ledger l on l.activity_id = f.activity_id
    where l.view = getvariable('view') and l.basis in ('both', 'location') and not l.is_biogenic and l.role = 'inventory' group by all
)
select strftime(a.month, '%Y-%m') as month, coalesce(s.name, a.site) as site, t.label as activity, replace(f.method, '_', ' ') as method, count(*) as rows,
    any_value(a.quantity) as quantity, any_value(a.unit) as unit, cast(coalesce(any_value(l.kg_co2e), 0) * 0.001 as decimal(38,12)) as tonnes, any_value(a.note) as note
from activity a
join activity_parent p on p.activity_id = a.activity_id
join fill f on f.fill_id = p.fill_id and f.month = p.fill_month
join activity_type t on t.activity_type = a.activity_type
left join site s on s.site = a.site
left join line l on l.filled_activity_id = a.activity_id
where a.derivation = 'fills' and a.month >= getvariable('starts') and a.month < getvariable('ends')
group by a.activity_id, a.month, s.name, a.site, t.label, f.method order by a.month, a.activity_id
