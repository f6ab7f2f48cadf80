-- title: Differences between what counts and what else is known
-- lead: For every account, supplier or meter and month, the statement or source of the best rank less each other one, kg CO2e, and what explains it: the basis that was chosen for the statement; what the statement holds beyond electricity (hardware, buildings, upstream: Scope 1 and 3 of the vendor); regions that only one of them has; more or less energy, where both say how much, at the factor of the second. The rest is the factor or, where the energy is not stated, energy and factor together, and beside spend the method.
-- place: annex
-- order: 51
-- columns: coverage=Covers; month=Month; of=Of; less=Less; kg=kg CO2e|3; less_kg=Less kg CO2e|3; difference=Difference|3; basis=Basis|3; boundary=Boundary|3; coverage_kg=Coverage|3; energy=Energy|3; rest=Factor, method|3
with line as (
    select *, case when is_statement then 0 when rank = 'meter' then 1 when rank = 'vendor' then 2 when rank = 'tracker' then 3 when rank = 'estimate' then 4 else 5 end as place
    from reconciled_line where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends')
),
total as (
    select coverage, month, source_id, min(place) as place, bool_or(is_statement) as is_statement, sum(kg) as kg, case when count(kwh) = count(*) then sum(kwh) end as kwh, sum(other_kg) as other_kg, sum(electricity_kg) as electricity_kg,
        sum(beyond_kg) as beyond_kg, any_value(supplier_basis) as supplier_basis, min(rank) as rank, count(*) filter (where is_statement and beyond_kg is null) > 0 as is_unparted
    from line group by all
),
pair as (
    select a.coverage, a.month, a.source_id as first, b.source_id as second, a.kg as first_kg, b.kg as second_kg, a.kwh as first_kwh, b.kwh as second_kwh,
        a.is_statement and a.supplier_basis = 'market' and not b.is_statement and a.other_kg is not null as has_basis, a.other_kg, a.is_statement and not b.is_statement and b.rank <> 'spend' and not a.is_unparted as has_parts,
        a.beyond_kg
    from total a join total b on b.coverage = a.coverage and b.month = a.month and (b.place, b.source_id) > (a.place, a.source_id)
    where a.place = (select min(t.place) from total t where t.coverage = a.coverage and t.month = a.month)
        and a.source_id = (select min(t.source_id) from total t where t.coverage = a.coverage and t.month = a.month and t.place = a.place)
),
-- Services are named by vendors and tools as they like: what only one has is told by region.
place_kg as (
    select coverage, month, source_id, region, sum(case when is_statement then electricity_kg else kg end) as kg from line group by all
),
only_one as (
    select p.coverage, p.month, p.first, p.second,
        coalesce((select sum(f.kg) from place_kg f where f.coverage = p.coverage and f.month = p.month and f.source_id = p.first and f.region not in
            (select s.region from place_kg s where s.coverage = p.coverage and s.month = p.month and s.source_id = p.second)), 0)
        - coalesce((select sum(s.kg) from place_kg s where s.coverage = p.coverage and s.month = p.month and s.source_id = p.second and s.region not in
            (select f.region from place_kg f where f.coverage = p.coverage and f.month = p.month and f.source_id = p.first)), 0) as kg
    from pair p where p.has_parts
),
explained as (
    select p.*, p.first_kg - p.second_kg as difference, case when p.has_basis then p.first_kg - p.other_kg else 0 end as basis, case when p.has_parts then p.beyond_kg else 0 end as boundary,
        coalesce(o.kg, 0) as coverage_kg,
        case when p.second_kwh <> 0 then cast(cast(p.first_kwh - p.second_kwh as decimal(38,10)) * scaled_quotient(p.second_kg, p.second_kwh) as decimal(38,12)) end as energy
    from pair p left join only_one o using (coverage, month, first, second)
)
select coverage, strftime(month, '%Y-%m') as month, first as "of", second as less, cast(first_kg as decimal(38,12)) as kg, cast(second_kg as decimal(38,12)) as less_kg,
    cast(difference as decimal(38,12)) as difference, cast(basis as decimal(38,12)) as basis, cast(boundary as decimal(38,12)) as boundary, cast(coverage_kg as decimal(38,12)) as coverage_kg,
    energy, cast(difference - basis - boundary - coverage_kg - coalesce(energy, 0) as decimal(38,12)) as rest
from explained order by explained.coverage, explained.month, explained.first, explained.second
