-- Keys and numbers of one line of a Cost and Usage Report; columns that an export leaves out are empty. Rows of the same keys are added up (intake/grouped.sql).
with empty as (
    select null as bill_billing_period_start_date, null as line_item_usage_start_date, null as line_item_usage_account_id, null as line_item_product_code,
        null as product_region_code, null as product_region, null as product_instance_type, null as line_item_usage_type, null as line_item_line_item_type, null as pricing_unit,
        null as line_item_currency_code, null as line_item_usage_amount, null as line_item_unblended_cost, null as reservation_effective_cost,
        null as savings_plan_savings_plan_effective_cost, null as split_line_item_parent_resource_id
    where false
),
line as (from empty union all by name from raw)
select try_cast(bill_billing_period_start_date as date) as billing_period, cast(date_trunc('month', try_cast(line_item_usage_start_date as timestamp)) as date) as usage_month,
    line_item_usage_account_id, line_item_product_code, coalesce(product_region_code, product_region) as product_region_code, product_instance_type, line_item_usage_type, line_item_line_item_type, pricing_unit,
    line_item_currency_code, coalesce(split_line_item_parent_resource_id, '') <> '' as is_split,
    try_cast(line_item_usage_amount as decimal(38,10)) as quantity,
    try_cast(case line_item_line_item_type when 'DiscountedUsage' then coalesce(reservation_effective_cost, line_item_unblended_cost)
        when 'SavingsPlanCoveredUsage' then coalesce(savings_plan_savings_plan_effective_cost, line_item_unblended_cost) else line_item_unblended_cost end as decimal(38,10)) as cost
from line
