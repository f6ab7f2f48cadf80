-- Generated activity data in the shape of the table `activity`: rows in the order of months, as a meter or billing system exports them.
-- Needs the reference tables (stages 00 to 04). Variables: rows, months, decimals, keys, path. No chance: every value follows from the row number.

-- What is bought and burnt: 40 fuels and vehicles of Scope 1 and 3, 20 kinds of electricity, each with three gases.
create table bench_kind as
with head as (
    select f.factor_id, f.set_id, f.activity_type, f.region, f.per_unit as unit, t.bases, count(*) as gases
    from factor f join activity_type t on t.activity_type = f.activity_type and t.boundary = f.boundary
    where f.set_id in ('desnz_2025', 'epa_hub_2025') and not f.is_biogenic and t.scope <> ''
    group by all
),
whole as (select activity_type, region, min(unit) as unit, bases, row_number() over (partition by bases order by hash(activity_type || region), activity_type, region) as place
    from head where gases = 3 group by activity_type, region, bases having count(*) = 1)
select row_number() over (order by bases, place) as kind, activity_type, region, unit, bases from whole
where place <= case bases when 'dual' then 20 else 40 end;

-- Each kind is bought from so many suppliers that there are the wanted number of distinct keys to resolve (60 kinds, one of no supplier).
set variable suppliers = greatest(1, (getvariable('keys') + 59) // 60);
set variable kinds = (select list(k order by k.kind) from bench_kind k);

copy (
    with numbered as (select i, getvariable('kinds')[1 + (hash(i) % 60)::integer] as k, (i * getvariable('months')) // getvariable('rows') as month_no, hash(i + 7) as h
        from range(getvariable('rows')) r(i))
    select 'bench:' || (100000000 + i) as activity_id, '' as parent_activity_id, '' as derivation, true as counts, 'both' as basis, 'bench' as source_id, 1::integer as file_no,
        (i + 2)::bigint as row_no, 'entity-' || (h % 4) as entity, 'site-' || (h % 40) as site, 'meter-' || (h % 4000) as meter, k.activity_type, 'inventory' as role,
        (date '2025-01-01' + to_months(month_no::integer))::date as month, (date '2025-01-01' + to_months(month_no::integer))::timestamp as period_start,
        (date '2025-01-01' + to_months((month_no + 1)::integer))::timestamp as period_end, case when getvariable('decimals') = 4
            then (((h // 4000) % 100000000)::decimal(38,0) * 0.0001)::decimal(38,10) else (((h // 4000) % 100000000000000)::decimal(38,0) * 0.0000000001)::decimal(38,10) end as quantity, k.unit,
        k.region, case when getvariable('suppliers') = 1 then '' else 'supplier-' || ((h // 7) % getvariable('suppliers')) end as supplier, '' as payer, 'own' as hosting, '' as factor_pin, k.bases,
        case when h % 10 < 8 then 'measured' else 'estimated' end as data_quality, 'own' as data_origin, 'actual' as read_status, '' as replaces, 'facility' as measurement_point,
        '' as system, '' as lifecycle_stage, '' as contained_in_boundary, 'invoice-' || (i // 50) || '.pdf' as evidence, '' as note
    from numbered
) to (getvariable('path')) (format parquet, compression zstd);
