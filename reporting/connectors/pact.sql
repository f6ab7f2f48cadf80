-- connector: pact
-- title: Product carbon footprints of suppliers in the PACT format, versions 2 and 3
-- formats: json, jsonl
-- records: data.pfs[] | data[] | $
-- gives: reference
-- required: id, specVersion
-- columns: id, specVersion, version, created, updated, status, statusComment, validityPeriodStart, validityPeriodEnd, companyName, companyIds, product*, comment, precedingPfIds, pcf.*, extensions, /*
-- natural_key: id and version; the newest valid footprint of a product is used
-- seen: the examples of the specification, a valid and an invalid one of each version
-- traps: the footprint with biogenic uptake is another one; a decimal comma is no decimal point; a time that is none says nothing; a footprint lacks a property; a declared amount of 0 divides nothing; versions name a property differently
-- A footprint is a rate and no activity: purchases of connector `product_purchase` are multiplied by it. kg CO2e per declared unit, decimals as texts with all their digits. The
-- footprint that excludes biogenic uptake is taken; the one that includes it stands in the note and is never the figure. Refused with the reason, as a row that cannot be read: another version, a property that is
-- missing, a time that is none (RFC 3339), a unit or a decimal that is none, an amount of 0, a period that ends before it begins. Deprecated and preceded footprints are not used. Without a period of
-- validity a footprint is valid for three years after its reference period.
create table product_footprint as
with unit_name as (from read_csv(getvariable('standards') || '/pact_units.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
property as (from read_csv(getvariable('standards') || '/pact_properties.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
footprint as (
    select r.source_id, r.file_no, r.row_no, r.record, left(cell_of(r.record, 'specVersion'), 1) as generation, cell_of(r.record, 'id') as id, cell_of(r.record, 'companyName') as company,
        from_json(coalesce(cell_of(r.record, 'productIds'), '[]'), '["varchar"]') as products, from_json(coalesce(cell_of(r.record, 'precedingPfIds'), '[]'), '["varchar"]') as preceding,
        coalesce(cell_of(r.record, 'pcf.declaredUnit'), cell_of(r.record, 'pcf.declaredUnitOfMeasurement')) as declared_unit, coalesce(cell_of(r.record, 'pcf.unitaryProductAmount'), cell_of(r.record, 'pcf.declaredUnitAmount')) as amount_text,
        coalesce(cell_of(r.record, 'pcf.pCfExcludingBiogenic'), cell_of(r.record, 'pcf.pcfExcludingBiogenicUptake')) as excluding_text, coalesce(cell_of(r.record, 'pcf.pCfIncludingBiogenic'), cell_of(r.record, 'pcf.pcfIncludingBiogenicUptake')) as including_text
    from record r where r.connector = 'pact'
),
missing as (
    select f.source_id, f.file_no, f.row_no, string_agg(p.property, ', ' order by p.property) as names
    from footprint f join property p on p.version = f.generation where cell_of(f.record, p.property) is null group by all
),
moment as (
    select f.source_id, f.file_no, f.row_no, string_agg(n.name || ' "' || cell_of(f.record, n.name) || '"', ', ' order by n.name) as names
    from footprint f cross join (select unnest(['created', 'updated', 'validityPeriodStart', 'validityPeriodEnd', 'pcf.referencePeriodStart', 'pcf.referencePeriodEnd']) as name) n
    where not regexp_full_match(cell_of(f.record, n.name), '\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})') or (cell_of(f.record, n.name) is not null and try_cast(cell_of(f.record, n.name) as timestamptz) is null)
    group by all
),
number as (
    select f.source_id, f.file_no, f.row_no, string_agg(e.key || ' "' || e.value || '"', ', ' order by e.key) as names
    from footprint f, unnest(map_entries(f.record)) as t(e)
    where regexp_matches(e.key, '^pcf\.([a-zA-Z0-9]*(Emissions|Content|Uptake|Withdrawal|Removals|Biogenic)|declaredUnitAmount|unitaryProductAmount|productMassPerDeclaredUnit)$') and not regexp_full_match(e.value, '-?\d+(\.\d+)?') group by all
),
typed as (
    select f.*, u.unit, try_cast(f.amount_text as decimal(18,8)) as amount, try_cast(f.excluding_text as decimal(18,8)) as excluding, try_cast(cell_of(f.record, 'pcf.referencePeriodStart') as timestamptz) as reference_starts,
        try_cast(cell_of(f.record, 'pcf.referencePeriodEnd') as timestamptz) as reference_ends, try_cast(cell_of(f.record, 'validityPeriodStart') as timestamptz) as validity_starts, try_cast(cell_of(f.record, 'validityPeriodEnd') as timestamptz) as validity_ends,
        coalesce(try_cast(cell_of(f.record, 'updated') as timestamptz), try_cast(cell_of(f.record, 'created') as timestamptz)) as told
    from footprint f left join unit_name u on u.declared_unit = f.declared_unit
)
select t.source_id, t.file_no, t.row_no, t.id, t.company, t.products, t.preceding, t.unit, t.amount, t.excluding, t.including_text, cell_of(t.record, 'pcf.primaryDataShare') as primary_share, cell_of(t.record, 'specVersion') as spec_version, cell_of(t.record, 'version') as version,
    timezone('UTC', coalesce(t.validity_starts, t.reference_ends))::date as valid_from, timezone('UTC', coalesce(t.validity_ends, t.reference_ends + interval 3 year))::date as valid_to, t.told, cell_of(t.record, 'status') as status,
    case when coalesce(t.generation, '') not in ('2', '3') or not regexp_full_match(cell_of(t.record, 'specVersion'), '\d+\.\d+\.\d+.*') then 'specVersion ' || coalesce(cell_of(t.record, 'specVersion'), '') || ' is neither 2 nor 3'
        when m.names is not null then 'missing: ' || m.names when o.names is not null then 'no date and time: ' || o.names when n.names is not null then 'no decimal: ' || n.names
        when t.unit is null then 'declared unit "' || t.declared_unit || '" is none of PACT, or has no unit here' when t.amount is null or t.amount <= 0 then 'declared amount ' || t.amount_text || ' is not above 0'
        when t.excluding is null then 'footprint ' || t.excluding_text || ' has too many digits' when t.reference_ends <= t.reference_starts then 'the reference period ends before it begins'
        when t.validity_ends <= t.validity_starts then 'the validity ends before it begins' when cell_of(t.record, 'status') not in ('Active', 'Deprecated') then 'status "' || cell_of(t.record, 'status') || '" is neither Active nor Deprecated' else '' end as fault
from typed t left join missing m using (source_id, file_no, row_no) left join moment o using (source_id, file_no, row_no) left join number n using (source_id, file_no, row_no);

insert into rejected_row select source_id, file_no, row_no, fault, 'footprint ' || coalesce(id, 'without id') || ' of ' || coalesce(company, 'no company') from product_footprint where fault <> '';
