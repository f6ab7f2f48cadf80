-- connector: server_register
-- title: Fixed-asset registers of servers and hardware: Scope 3 category 2, and M of SCI
-- formats: csv, xlsx, parquet
-- natural_key: asset_id
-- required: asset_id, purchase_date
-- columns: asset_id, description, model, purchase_date, in_service, retired, quantity, cost, currency, embodied_kg, embodied_item, lifetime_years, system, lifecycle_stage, supplier, serial, custodian, site, entity
-- numbers: quantity, cost, embodied_kg, lifetime_years
-- dates: purchase_date, in_service, retired
-- private: serial hash, custodian drop
-- rank: spend
-- constants: unit (the currency), activity_type, site, entity, region, system, coverage, evidence
-- seen: none; built from what such registers commonly hold
-- traps: a line may hold several machines; hardware that no list has is not taken by its price in silence; hardware of a score is spread over its life
-- Capital goods count in full in the year of purchase (category 2) and are never spread: by the supplier's footprint (embodied_kg, of one), else by factors/embodied_carbon.csv (embodied_item, its central value,
-- cited), else by cost (capital.334111 or the constant activity_type). An asset of a `system` also gives M of its SCI score: the same kg by days over lifetime_years from in_service on, or to `retired` where that is sooner
-- (stage embodied, or embodied_training). These rows are outside the scopes and in no total with category 2. A system whose hardware has a cost alone has no M: its row is an error.
insert into activity_input by name
with item as (
    select lower(item) as item, any_value(central) as central, any_value(citation) as citation from usable_embodied_carbon where unit = 'kg' and central is not null group by lower(item) having count(*) = 1
),
asset as (
    select r.source_id, r.file_no, r.row_no, r.record, k.* exclude (source_id, system, lifecycle_stage), i.central, i.citation, case when not map_contains(r.record, 'quantity') then 1 else try_cast(number_in(cell_of(r.record, 'quantity')) as decimal(9,2)) end as pieces,
        try_cast(number_in(cell_of(r.record, 'embodied_kg')) as decimal(20,6)) as stated, coalesce(cell_of(r.record, 'system'), k.system) as system, coalesce(cell_of(r.record, 'lifecycle_stage'), 'embodied') as stage,
        try_cast(coalesce(cell_of(r.record, 'in_service'), cell_of(r.record, 'purchase_date')) as date) as began, try_cast(cell_of(r.record, 'retired') as date) as retired, try_cast(number_in(cell_of(r.record, 'lifetime_years')) as decimal(6,2)) as years
    from record r left join source_constant k using (source_id) left join item i on i.item = lower(coalesce(cell_of(r.record, 'embodied_item'), '')) where r.connector = 'server_register'
),
valued as (
    select a.*, case when cell_of(record, 'embodied_kg') is not null then a.stated * a.pieces else cast(central as decimal(20,6)) * a.pieces end as kg,
        least(began + to_months(cast(round(years * 12) as integer)), coalesce(retired, date '9999-01-01'))::date as ended
    from asset a
),
piece as (
    select v.*, t.year_no, (began + to_years(cast(t.year_no as integer)))::date as piece_starts, least(began + to_years(cast(t.year_no + 1 as integer)), ended::timestamp)::date as piece_ends, ended - began as days
    from valued v, unnest(range(0, case when v.system is null then 0 when v.kg > 0 and v.ended > v.began then least(date_diff('year', v.began, v.ended) + 1, 30) else 1 end)) as t(year_no)
    where v.kg is null or v.ended is null or (v.began + to_years(cast(t.year_no as integer)))::date < v.ended or v.ended <= v.began
)
select v.source_id, v.file_no, v.row_no, 1 as part, cell_of(v.record, 'asset_id') as activity_id, cell_of(v.record, 'asset_id') as natural_key,
    case when cell_of(v.record, 'embodied_kg') is not null or v.central is not null then 'stated.capital' else coalesce(v.activity_type, 'capital.334111') end as activity_type, cell_of(v.record, 'purchase_date') as starts, cell_of(v.record, 'purchase_date') as ends,
    case when cell_of(v.record, 'embodied_item') is not null and cell_of(v.record, 'embodied_kg') is null and v.central is null then 'hardware "' || cell_of(v.record, 'embodied_item') || '", which embodied_carbon.csv does not have once'
        when v.pieces is null then 'quantity ' || coalesce(cell_of(v.record, 'quantity'), 'not given') when cell_of(v.record, 'embodied_kg') is not null or v.central is not null then coalesce(decimal_text(v.kg), cell_of(v.record, 'embodied_kg')) else coalesce(cell_of(v.record, 'cost'), '') end as quantity,
    case when cell_of(v.record, 'embodied_kg') is not null or v.central is not null then 'kg_co2e' else coalesce(cell_of(v.record, 'currency'), v.unit) end as unit,
    coalesce(cell_of(v.record, 'entity'), v.entity) as entity, coalesce(cell_of(v.record, 'site'), v.site) as site, v.region, cell_of(v.record, 'supplier') as supplier, null as system, null as lifecycle_stage, v.coverage,
    case when cell_of(v.record, 'embodied_kg') is not null then 'calculated' when v.central is not null then 'estimated' else 'proxy' end as data_quality, case when cell_of(v.record, 'embodied_kg') is not null then 'supplier_specific' else 'secondary' end as data_origin, v.evidence,
    concat_ws(', ', cell_of(v.record, 'description'), cell_of(v.record, 'model'), case when cell_of(v.record, 'embodied_kg') is null then v.citation end) as note, sha256(cast(v.record as varchar)) as content
from valued v
union all by name
select p.source_id, p.file_no, p.row_no, 2 + p.year_no as part, cell_of(p.record, 'asset_id') || '/M' as activity_id, cell_of(p.record, 'asset_id') || '/M' as natural_key, 'stated.emissions' as activity_type, coalesce(p.piece_starts::varchar, '') as starts, coalesce((p.piece_ends - 1)::varchar, '') as ends,
    case when p.kg is null then 'embodied emissions of ' || cell_of(p.record, 'asset_id') || ' are not known' when p.ended is null then 'lifetime_years or in_service not given' when p.ended <= p.began then 'retired before it was in service'
        else decimal_text(cast(cast(cast(p.kg * 10000000000 as hugeint) * (p.piece_ends - p.began) // p.days - cast(p.kg * 10000000000 as hugeint) * (p.piece_starts - p.began) // p.days as decimal(38,0)) * 0.0000000001 as decimal(38,10))) end as quantity,
    'kg_co2e' as unit, coalesce(cell_of(p.record, 'entity'), p.entity) as entity, coalesce(cell_of(p.record, 'site'), p.site) as site, p.region, null as supplier, p.system, p.stage as lifecycle_stage, null as coverage,
    'calculated' as data_quality, case when cell_of(p.record, 'embodied_kg') is not null then 'supplier_specific' else 'secondary' end as data_origin, p.evidence,
    'M: ' || decimal_text(p.kg) || ' kg over ' || p.days || ' days from ' || p.began as note, sha256(cast(p.record as varchar)) as content
from piece p;
