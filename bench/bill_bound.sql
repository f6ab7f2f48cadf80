-- What any engine has to do at least: the same columns, grouped by the same keys, added up in binary floating point.
select date_trunc('month', line_item_usage_start_date), bill_billing_period_start_date, line_item_usage_account_id, line_item_product_code, product_region_code,
    product_instance_type, line_item_usage_type, line_item_line_item_type, pricing_unit, line_item_currency_code, sum(line_item_usage_amount), sum(line_item_unblended_cost)
from read_parquet(getvariable('path')) group by all
