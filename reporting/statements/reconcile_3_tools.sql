-- title: Tools' own figures beside ours
-- lead: The energy that a tool states is the same in both figures: the difference is the factor that it used for the grid, by month and region. Its factor is its kg over its kWh.
-- place: annex
-- order: 52
-- columns: source=Source; month=Month; region=Region; kwh=kWh|3; tool_kg=By the tool, kg CO2e|3; kg=By us, kg CO2e|3; difference=Difference|3; tool_factor=Its kg per kWh|6; factor=Ours|6
with said as (
    select t.source_id, t.file_no, t.row_no, sum(try_cast(t.kwh as decimal(38,10))) as kwh, sum(cast(try_cast(t.emissions as decimal(38,14)) * u.multiplier as decimal(38,12))) as kg
    from tool_statement t join unit_conversion u on u.from_unit = t.unit and u.to_unit = 'kg_co2e' group by all
),
own as (
    select e.source_id, e.file_no, e.row_no, date_trunc('month', e.month)::date as month, e.region, sum(e.kg_co2e) as kg
    from entry e semi join said s on s.source_id = e.source_id and s.file_no = e.file_no and s.row_no = e.row_no
    where e.view = getvariable('view') and e.basis in ('both', 'location') and not e.is_biogenic and e.derivation in ('', 'replaces') group by all
),
added as (
    select o.source_id, strftime(o.month, '%Y-%m') as month, o.region, sum(s.kwh) as kwh, sum(s.kg) as tool_kg, sum(o.kg) as kg
    from own o join said s using (source_id, file_no, row_no) where o.month >= getvariable('starts') and o.month < getvariable('ends') group by all
)
select source_id as source, month, region, cast(kwh as decimal(38,12)) as kwh, cast(tool_kg as decimal(38,12)) as tool_kg, cast(kg as decimal(38,12)) as kg, cast(tool_kg - kg as decimal(38,12)) as difference,
    case when kwh <> 0 then cast(scaled_quotient(tool_kg, kwh) as decimal(38,12)) end as tool_factor, case when kwh <> 0 then cast(scaled_quotient(kg, kwh) as decimal(38,12)) end as factor
from added order by 1, 2, 3
