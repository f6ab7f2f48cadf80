-- connector: aws_carbon_export
-- title: AWS Data Exports, table CARBON_EMISSIONS (23 columns; 13 in the first release)
-- formats: csv, parquet
-- required: usage_period_start, usage_period_end, total_mbm_emissions_value or total_lbm_emissions_value
-- columns: last_refresh_timestamp, location, model_version, payer_account_id, product_code, region_code, total_*, usage_account_id, usage_period_start, usage_period_end
-- numbers: total_*_value
-- private: payer_account_id hash, usage_account_id hash
-- natural_key: usage_account_id, product_code, region_code, usage_period_start
-- rank: vendor
-- options: supplier_basis=location|market; coverage=account|supplier
-- traps: a new model version restates a month; accounts are told apart; the unit stands beside the value
-- Every value has its unit beside it (MTCO2e, metric tonnes); another unit is taken where it is known and refused where not. The files of an export that was not set to
-- overwrite hold a month several times: the latest last_refresh_timestamp is taken, and a new model_version is a restatement of the same month, never an addition.
-- Place, product and region may be empty. Built from the documentation of the columns: no real file was at hand.
insert into vendor_statement by name
select r.source_id, r.file_no, r.row_no,
    concat_ws('/', left(r.record['usage_period_start'], 10), coalesce(r.record['usage_account_id'], ''), coalesce(r.record['product_code'], ''), coalesce(r.record['region_code'], '')) as item,
    'aws' as supplier, coalesce(r.record['usage_account_id'], '') as account, r.record['product_code'] as service, n.region, coalesce(r.record['region_code'], r.record['location']) as place,
    case when regexp_full_match(r.record['usage_period_start'], '\d{4}-\d{2}-\d{2}.\d{2}:\d{2}(:\d{2}(\.\d+)?)?') then r.record['usage_period_start'] || 'Z' else r.record['usage_period_start'] end as starts,
    case when regexp_full_match(r.record['usage_period_end'], '\d{4}-\d{2}-\d{2}.\d{2}:\d{2}(:\d{2}(\.\d+)?)?') then r.record['usage_period_end'] || 'Z' else r.record['usage_period_end'] end as ends,
    case when len(list_distinct(list_filter([r.record['total_lbm_emissions_unit'], r.record['total_mbm_emissions_unit'], r.record['total_scope_1_emissions_unit'],
            r.record['total_scope_2_lbm_emissions_unit'], r.record['total_scope_2_mbm_emissions_unit'], r.record['total_scope_3_lbm_emissions_unit'],
            r.record['total_scope_3_mbm_emissions_unit']], lambda unit: unit <> ''))) = 1 then coalesce(nullif(r.record['total_mbm_emissions_unit'], ''), r.record['total_lbm_emissions_unit']) end as unit,
    nullif(r.record['total_lbm_emissions_value'], '') as location, nullif(r.record['total_mbm_emissions_value'], '') as market,
    nullif(r.record['total_scope_1_emissions_value'], '') as scope1, nullif(r.record['total_scope_2_lbm_emissions_value'], '') as scope2_location,
    nullif(r.record['total_scope_2_mbm_emissions_value'], '') as scope2_market, nullif(r.record['total_scope_3_lbm_emissions_value'], '') as scope3_location,
    nullif(r.record['total_scope_3_mbm_emissions_value'], '') as scope3_market, r.record['model_version'] as model_version, r.record['last_refresh_timestamp'] as refreshed,
    sha256(cast(r.record as varchar)) as content
from record r left join cloud_region_name n on n.provider = 'aws' and n.name = cloud_place(r.record['region_code'])
where r.connector = 'aws_carbon_export';
