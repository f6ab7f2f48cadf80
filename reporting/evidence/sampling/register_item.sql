-- Reverse samples: the things that should have activity data, drawn from what the company says it has, with equal chances; each with what the ledger holds of it.
-- Parameters: seed, register_size, view, starts, ends.
with thing as (
    select 'site' as register, site as name, name as label from site
    union all select 'meter', meter, carrier || ' at ' || site from meter
    union all select distinct 'asset', asset, name || ' (' || kind || ') at ' || site from asset
),
line as (
    select l.* from ledger l where l.view = $view and l.month >= $starts and l.month < $ends and l.role = 'inventory' and l.basis in ('both', 'location') and not l.is_biogenic
        and l.scope in ('1', '2', '3')
),
held as (
    select 'site' as register, site as name, count(distinct (source_id, file_path, sheet, row_no)) as rows_found, cast(sum(kg_co2e) as decimal(38,12)) as kg_co2e from line group by site
    union all select 'meter', meter, count(distinct (source_id, file_path, sheet, row_no)), cast(sum(kg_co2e) as decimal(38,12)) from line where meter is not null group by meter
    union all select 'asset', a.asset, count(distinct (l.source_id, l.file_path, l.sheet, l.row_no)), cast(sum(l.kg_co2e) as decimal(38,12))
        from line l join (select distinct asset, meter from asset where meter <> '') a on a.meter = l.meter group by a.asset
),
ordered as (
    select t.*, row_number() over (partition by register order by sha256($seed || chr(10) || 'register' || chr(10) || register || chr(10) || name)) as place,
        count(*) over (partition by register) as registered
    from thing t
)
select o.register, o.name, o.label, o.registered, coalesce(h.rows_found, 0) as rows_found, coalesce(h.kg_co2e, 0) as kg_co2e
from ordered o left join held h on h.register = o.register and h.name = o.name
where o.place <= $register_size
order by o.register, o.place
