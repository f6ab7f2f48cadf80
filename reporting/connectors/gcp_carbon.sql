-- connector: gcp_carbon
-- title: Google Cloud Carbon Footprint, export of BigQuery (nested JSON or Parquet, or CSV with dotted names)
-- formats: csv, json, jsonl, parquet
-- required: usage_month, carbon_footprint_total_kgCO2e.location_based or carbon_footprint_total_kgCO2e.market_based
-- columns: usage_month, billing_account_id, project.id, project.number, service.description, service.id, location.location, location.region, carbon_model_version, carbon_footprint_total_kgCO2e.location_based, carbon_footprint_total_kgCO2e.market_based, carbon_footprint_kgCO2e.scope1, carbon_footprint_kgCO2e.scope2.location_based, carbon_footprint_kgCO2e.scope2.market_based, carbon_footprint_kgCO2e.scope3, project.*, service.*, location.*, carbon_footprint_total_kgCO2e.*, carbon_footprint_kgCO2e.*
-- numbers: carbon_footprint_*
-- private: billing_account_id hash, project.id hash, project.number hash
-- natural_key: usage_month, billing_account_id, project.id, project.number, service.id, location.location, location.region
-- rank: vendor
-- options: supplier_basis=location|market; coverage=account|supplier
-- traps: the file is in kilograms; location- and market-based are two answers; after_offsets is deprecated
-- The unit is in the name of the columns: kilograms of CO2e, where AWS states tonnes. Total is Scope 1 + 2 + 3 of Google; the whole is Scope 3 category 1 of the customer.
-- project.id is empty for a deleted project, and after_offsets is deprecated and never read. A new carbon_model_version restates the same month.
insert into vendor_statement by name
select r.source_id, r.file_no, r.row_no,
    concat_ws('/', left(r.record['usage_month'], 10), coalesce(r.record['billing_account_id'], ''), coalesce(r.record['project.id'], ''), coalesce(r.record['project.number'], ''),
        coalesce(r.record['service.id'], ''), coalesce(r.record['service.description'], ''), coalesce(r.record['location.location'], ''), coalesce(r.record['location.region'], '')) as item,
    'gcp' as supplier, coalesce(nullif(r.record['project.id'], ''), nullif(r.record['project.number'], ''), '') as account, r.record['service.description'] as service, n.region,
    coalesce(r.record['location.region'], r.record['location.location']) as place, left(case when regexp_full_match(r.record['usage_month'], '\d{4}-\d{2}') then r.record['usage_month'] || '-01' else r.record['usage_month'] end, 10) as starts,
    coalesce(strftime(last_day(try_cast(left(case when regexp_full_match(r.record['usage_month'], '\d{4}-\d{2}') then r.record['usage_month'] || '-01' else r.record['usage_month'] end, 10) as date)), '%Y-%m-%d'), r.record['usage_month']) as ends, 'kg_co2e' as unit,
    nullif(r.record['carbon_footprint_total_kgCO2e.location_based'], '') as location, nullif(r.record['carbon_footprint_total_kgCO2e.market_based'], '') as market,
    nullif(r.record['carbon_footprint_kgCO2e.scope1'], '') as scope1, nullif(r.record['carbon_footprint_kgCO2e.scope2.location_based'], '') as scope2_location,
    nullif(r.record['carbon_footprint_kgCO2e.scope2.market_based'], '') as scope2_market, nullif(r.record['carbon_footprint_kgCO2e.scope3'], '') as scope3_location,
    nullif(r.record['carbon_footprint_kgCO2e.scope3'], '') as scope3_market, r.record['carbon_model_version'] as model_version, sha256(cast(r.record as varchar)) as content
from record r left join cloud_region_name n on n.provider = 'gcp' and n.name = cloud_place(r.record['location.region'])
where r.connector = 'gcp_carbon';
