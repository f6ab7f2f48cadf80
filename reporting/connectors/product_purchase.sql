-- connector: product_purchase
-- title: Bought products by quantity, priced by the footprints of their suppliers (PACT)
-- formats: csv, xlsx, parquet
-- natural_key: document_no and line_no, else all the cells
-- required: date, product_id, quantity
-- columns: document_no, line_no, date, product_id, supplier, quantity, unit, footprint_id, description, site, entity
-- numbers: quantity
-- dates: date
-- rank: meter
-- options: footprints
-- constants: unit, site, entity, region, system, lifecycle_stage, coverage, evidence
-- seen: none; the lines of purchase orders
-- traps: a footprint is of its declared amount; the quantity is in another unit than the footprint; a deprecated footprint is not used; a footprint is valid for a time; a footprint takes the place of another
-- `footprints` names the source of connector `pact`. Of its footprints the one is taken that holds the product's id (a URN such as urn:gtin:...), is active, valid on the date and preceded by no other; of several the
-- one told last, of several companies the supplier's. quantity in the declared unit x footprint / declared amount = kg CO2e, as stated by the supplier (Scope 3 category 1). No footprint, or a quantity in a unit
-- that does not convert to the declared one, is an error.
create table if not exists product_footprint (source_id varchar, file_no integer, row_no bigint, id varchar, company varchar, products varchar[], preceding varchar[], unit varchar, amount decimal(18,8), excluding decimal(18,8), including_text varchar,
    primary_share varchar, spec_version varchar, version varchar, valid_from date, valid_to date, told timestamptz, status varchar, fault varchar);
insert into activity_input by name
with usable as (
    select f.* from product_footprint f where f.fault = '' and f.status = 'Active'
        and not exists (from product_footprint n where n.source_id = f.source_id and n.fault = '' and n.id <> f.id and list_contains(list_transform(n.preceding, lambda i: lower(i)), lower(f.id)))
),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, o.value as footprints, k.* exclude (source_id), coalesce(x.unit, cell_of(r.record, 'unit'), k.unit) as known_unit, try_cast(number_in(cell_of(r.record, 'quantity')) as decimal(18,6)) as number
    from record r left join source_option o on o.source_id = r.source_id and o.name = 'footprints' left join source_constant k on k.source_id = r.source_id
    left join unit_alias x on x.alias = coalesce(cell_of(r.record, 'unit'), k.unit) where r.connector = 'product_purchase'
),
candidate as (
    select l.source_id, l.file_no, l.row_no, f.id, f.company, f.unit as footprint_unit, f.amount, f.excluding, f.including_text, f.primary_share, f.spec_version, row_number() over w as place, min(f.company) over p as first_company, max(f.company) over p as last_company
    from line l join usable f on f.source_id = l.footprints and list_contains(f.products, cell_of(l.record, 'product_id')) and try_cast(cell_of(l.record, 'date') as date) >= f.valid_from and try_cast(cell_of(l.record, 'date') as date) < f.valid_to
        and coalesce(cell_of(l.record, 'footprint_id'), f.id) = f.id and coalesce(lower(cell_of(l.record, 'supplier')), lower(f.company)) = lower(f.company)
    window w as (partition by l.source_id, l.file_no, l.row_no order by f.told desc, f.file_no desc, f.row_no desc), p as (partition by l.source_id, l.file_no, l.row_no)
),
priced as (
    select l.*, c.* exclude (source_id, file_no, row_no, place), case when l.known_unit = c.footprint_unit then 1 else u.multiplier end as multiplier
    from line l left join candidate c on c.source_id = l.source_id and c.file_no = l.file_no and c.row_no = l.row_no and c.place = 1
    left join unit_conversion u on u.from_unit = l.known_unit and u.to_unit = c.footprint_unit
),
product as (
    select *, cast(cast(number as decimal(18,6)) * try_cast(multiplier as decimal(19,10)) as decimal(24,8)) as declared from priced
)
select p.source_id, p.file_no, p.row_no, 1 as part, nullif(concat_ws('/', cell_of(p.record, 'document_no'), cell_of(p.record, 'line_no')), '') as activity_id,
    coalesce(nullif(concat_ws('/', cell_of(p.record, 'document_no'), cell_of(p.record, 'line_no')), ''), sha256(cast(p.record as varchar))) as natural_key, 'stated.goods' as activity_type, cell_of(p.record, 'date') as starts, cell_of(p.record, 'date') as ends,
    case when p.footprints is null then 'the source does not name its footprints' when p.id is null then 'no valid footprint of ' || coalesce(cell_of(p.record, 'product_id'), 'no product') when p.first_company <> p.last_company then 'footprints of several companies, ' || p.first_company || ' and ' || p.last_company
        when p.number is null then coalesce(cell_of(p.record, 'quantity'), '') when p.multiplier is null then cell_of(p.record, 'quantity') || ' ' || coalesce(p.known_unit, 'without unit') || ', and the footprint is of ' || p.footprint_unit
        when abs(p.declared) >= 1000000000 or abs(p.excluding) >= 1000000 then cell_of(p.record, 'quantity') || ' is beyond what can be computed'
        else decimal_text(scaled_quotient(cast(cast(p.declared as decimal(20,8)) * cast(p.excluding as decimal(14,8)) as decimal(38,12)), p.amount)) end as quantity,
    'kg_co2e' as unit, coalesce(cell_of(p.record, 'entity'), p.entity) as entity, coalesce(cell_of(p.record, 'site'), p.site) as site, p.region, coalesce(cell_of(p.record, 'supplier'), p.company) as supplier, p.system, p.lifecycle_stage, p.coverage,
    'calculated' as data_quality, 'supplier_specific' as data_origin, p.evidence,
    concat_ws(', ', cell_of(p.record, 'product_id'), cell_of(p.record, 'quantity') || ' ' || p.known_unit, 'footprint ' || p.id || ' (PACT ' || p.spec_version || '): ' || decimal_text(p.excluding) || ' kg CO2e for ' || decimal_text(p.amount) || ' ' || p.footprint_unit,
        'including biogenic uptake ' || p.including_text, 'primary data ' || p.primary_share || ' %') as note,
    sha256(cast(p.record as varchar)) as content
from product p;
