-- connector: aws_carbon_console
-- title: AWS carbon footprint, CSV of the console (by month or by year)
-- formats: csv, xlsx
-- required: service, region, total_lbm_emissions, total_mbm_emissions, usage_month or usage_year
-- columns: usage_month, usage_year, service, region, total_*, cfe_savings_value, model_version
-- numbers: total_*, cfe_savings_value
-- natural_key: usage month or year, service, region
-- rank: vendor
-- options: supplier_basis=location|market
-- traps: the file is in tonnes and does not say so; location- and market-based are two answers; a later file says the same month again
-- The file has no column for the unit: it is metric tonnes of CO2e. The whole line is Scope 3 category 1 of the customer, whatever part of it is Scope 1, 2 or 3 of AWS;
-- the parts are kept for `ghg reconcile`. Location-based (lbm) and market-based (mbm) are two answers and never added: `supplier_basis` says which counts. The console
-- gives no account, so that one file stands for all accounts that the console saw. A file exported later says the past anew where AWS has changed its model.
insert into vendor_statement by name
select r.source_id, r.file_no, r.row_no, concat_ws('/', coalesce(r.record['usage_month'], r.record['usage_year']), r.record['service'], r.record['region']) as item, 'aws' as supplier,
    '' as account, r.record['service'] as service, n.region, r.record['region'] as place,
    case when regexp_full_match(r.record['usage_month'], '\d{4}-\d{2}') then r.record['usage_month'] || '-01' when regexp_full_match(r.record['usage_year'], '\d{4}') then r.record['usage_year'] || '-01-01'
        else coalesce(r.record['usage_month'], r.record['usage_year']) end as starts,
    case when regexp_full_match(r.record['usage_year'], '\d{4}') then r.record['usage_year'] || '-12-31'
        else coalesce(strftime(last_day(try_cast(left(r.record['usage_month'], 7) || '-01' as date)), '%Y-%m-%d'), r.record['usage_month'], r.record['usage_year']) end as ends,
    't_co2e' as unit, nullif(r.record['total_lbm_emissions'], '') as location, nullif(r.record['total_mbm_emissions'], '') as market,
    nullif(r.record['total_scope_1_emissions_value'], '') as scope1, nullif(r.record['total_scope_2_lbm_emissions_value'], '') as scope2_location,
    nullif(r.record['total_scope_2_mbm_emissions_value'], '') as scope2_market, nullif(r.record['total_scope_3_lbm_emissions_value'], '') as scope3_location,
    nullif(r.record['total_scope_3_mbm_emissions_value'], '') as scope3_market, r.record['model_version'] as model_version, sha256(cast(r.record as varchar)) as content
from record r left join cloud_region_name n on n.provider = 'aws' and n.name = cloud_place(r.record['region'])
where r.connector = 'aws_carbon_console';
