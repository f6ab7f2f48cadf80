-- connector: fuel_card
-- title: Fuel cards: one line per transaction
-- formats: csv, xlsx, parquet
-- natural_key: transaction_id, else date, time, card, product and quantity
-- required: date, product, quantity
-- columns: transaction_id, date, time, card, vehicle, driver, product, quantity, unit, amount, currency, tax, odometer, merchant, country, reverses, site, entity
-- numbers: quantity, amount, tax
-- dates: date
-- private: card hash, vehicle hash, driver drop
-- rank: meter
-- constants: unit, site, entity, region, supplier, hosting, system, lifecycle_stage, coverage, data_quality, evidence
-- seen: none; built from what such exports commonly hold
-- traps: washes and AdBlue are no fuel; a reversal takes back its transaction; a reversal has no sign; money is no fuel
-- Products are known by standards/fuel_card_products.csv; washes, tolls, AdBlue and the like are left out by name, an unknown product is an error. Litres and gallons are not told apart by
-- guessing: the unit is a column or a constant, gal_us or gal_uk. Money and odometer are no fuel and not used. A reversal names its
-- transaction in `reverses` and is negative, however the file signs it.
insert into activity_input by name
with product as (from read_csv(getvariable('standards') || '/fuel_card_products.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, p.product, p.activity_type as fuel, p.reason, k.* exclude (source_id),
        coalesce(cell_of(r.record, 'transaction_id'), concat_ws('/', cell_of(r.record, 'date'), cell_of(r.record, 'time'), cell_of(r.record, 'card'), cell_of(r.record, 'product'), cell_of(r.record, 'quantity'))) as line_key
    from record r left join source_constant k using (source_id) left join product p on p.product = lower(cell_of(r.record, 'product')) where r.connector = 'fuel_card'
)
select l.source_id, l.file_no, l.row_no, 1 as part, cell_of(l.record, 'transaction_id') as activity_id, l.line_key as natural_key, coalesce(l.fuel, 'fuel card product ' || coalesce(cell_of(l.record, 'product'), 'not given')) as activity_type,
    cell_of(l.record, 'date') as starts, cell_of(l.record, 'date') as ends, case when cell_of(l.record, 'reverses') <> '' and number_in(cell_of(l.record, 'quantity')) > 0
        then '-' || ltrim(cell_of(l.record, 'quantity'), '+') else coalesce(cell_of(l.record, 'quantity'), '') end as quantity, coalesce(cell_of(l.record, 'unit'), l.unit) as unit,
    coalesce(cell_of(l.record, 'entity'), l.entity) as entity, coalesce(cell_of(l.record, 'site'), l.site) as site, l.region, l.supplier, l.hosting, cell_of(l.record, 'reverses') as replaces, l.system, l.lifecycle_stage, l.coverage,
    coalesce(l.data_quality, 'measured') as data_quality, coalesce(l.data_origin, 'own') as data_origin, l.evidence, cell_of(l.record, 'product') as note, sha256(cast(l.record as varchar)) as content
from line l where l.reason is null;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, p.reason
from record r join (from read_csv(getvariable('standards') || '/fuel_card_products.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')) p
    on p.product = lower(cell_of(r.record, 'product')) and p.reason is not null
where r.connector = 'fuel_card';
