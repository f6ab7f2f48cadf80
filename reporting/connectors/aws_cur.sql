-- connector: aws_cur
-- title: AWS Cost and Usage Report 2.0 (Data Exports, Parquet or CSV)
-- formats: parquet, csv
-- lines: line_item_line_item_type, line_item_usage_start_date, line_item_usage_amount, line_item_unblended_cost, bill_billing_period_start_date, line_item_currency_code
-- private: line_item_usage_account_id hash
-- natural_key: billing period, month of usage, account, product, region, machine, usage type, line type, unit, currency
-- rank: estimate
-- options: coverage=account|supplier; snapshot=file|folder
-- traps: credits cancel the cost; taxes are no usage; fees of reservations are no usage; shares of a split line stand beside it; an hour is spelt in three ways; surcharges carry the machine's name; usage of a plan has an effective cost
-- The file is read in place and its lines are added up by the natural key; a group stands as one row, and `ghg rows` lists its lines again. Hours of machines whose power
-- is known (factors/cloud_instances.csv, factors/it_coefficients.csv) become energy at their cloud region, everything else is spend. Unblended cost of Usage lines counts,
-- for reserved and savings-plan usage the effective cost; credits, taxes, recurring fees of reservations and plans, discounts and shares of split lines (their parent is there)
-- do not, and are listed. An hour is spelt Hrs, Hours or hours; EBSOptimized and other surcharges carry the machine's name and no machine. Of several snapshots of a billing
-- period that share an account the last counts: the last folder by name, within a folder as `snapshot` says. Refunds take back spend, but neither what a reservation or plan cost nor hours of machines that
-- count as energy. Built from the documentation of the columns: no real file was at hand.
insert into bill_line by name
select r.source_id, r.file_no, r.row_no, 'aws' as provider, r.record['billing_period'] as billing_period, r.record['usage_month'] as starts,
    last_day(try_cast(r.record['usage_month'] as date))::varchar as ends, coalesce(r.record['line_item_usage_account_id'], '') as account, r.record['line_item_product_code'] as service,
    r.record['product_region_code'] as place,
    case when r.record['is_split'] = 'true' then 'split' else case r.record['line_item_line_item_type'] when 'Usage' then 'usage' when 'DiscountedUsage' then 'usage'
        when 'SavingsPlanCoveredUsage' then 'usage' when 'Fee' then 'purchase' when 'Refund' then case when r.record['line_item_product_code'] like '%SavingsPlans'
            or regexp_matches(r.record['line_item_usage_type'], '(^|-)HeavyUsage(:|$)') then 'commitment' else 'refund' end when 'Credit' then 'credit' when 'Tax' then 'tax' when 'RIFee' then 'commitment'
        when 'SavingsPlanRecurringFee' then 'commitment' when 'SavingsPlanUpfrontFee' then 'commitment' when 'SavingsPlanNegation' then 'commitment'
        when 'EdpDiscount' then 'discount' when 'BundledDiscount' then 'discount' when 'PrivateRateDiscount' then 'discount' when 'Discount' then 'discount'
        else 'unknown: ' || coalesce(r.record['line_item_line_item_type'], '') end end as charge,
    case when regexp_matches(r.record['line_item_usage_type'], '(^|-)(BoxUsage|SpotUsage|DedicatedUsage|HeavyUsage)(:|$)') then r.record['product_instance_type'] end as instance,
    case when lower(r.record['pricing_unit']) in ('hrs', 'hours', 'hour') then r.record['quantity'] end as hours, r.record['cost'] as cost,
    r.record['line_item_currency_code'] as currency, try_cast(r.record['lines'] as bigint) as lines, sha256(cast(r.record as varchar)) as content
from record r where r.connector = 'aws_cur';
