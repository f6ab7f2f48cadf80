-- title: Vendors' statements beside our own figures
-- lead: What several sources say of the same account, supplier or meter, by month, service and region, kg CO2e. One of them counts in the inventory, the others are for comparison; a statement counts on the basis that was chosen for it, and its other basis is never added. Energy is priced location-based.
-- place: annex
-- order: 50
-- columns: coverage=Covers; month=Month; service=Service; region=Region; source=Source; kind=Kind; counted=Counts; kwh=kWh|1; kg=kg CO2e|3; other_kg=On its other basis|3
select l.coverage, strftime(l.month, '%Y-%m') as month, l.service, case l.region when 'world' then '' else l.region end as region, l.source_id as source,
    case when l.is_statement then 'statement, ' || l.supplier_basis || '-based' else l.rank end as kind, case when l.is_counted then 'yes' else 'memo' end as counted,
    cast(l.kwh as decimal(38,12)) as kwh, cast(l.kg as decimal(38,12)) as kg, cast(l.other_kg as decimal(38,12)) as other_kg
from reconciled_line l
where l.view = getvariable('view') and l.month >= getvariable('starts') and l.month < getvariable('ends')
    -- A line where nobody has anything says nothing.
    and (l.kg is null or l.kg <> 0 or l.other_kg <> 0 or l.kwh <> 0)
order by l.coverage, l.month, l.service, l.region, l.source_id
