-- A generated bill in the shape of a Cost and Usage Report: 20 accounts, four products, five regions, machines and other usage, credits and taxes; every value follows
-- from the row number. Variables: rows, path.
copy (
    select i::varchar as identity_line_item_id, timestamp '2026-07-01' + to_hours((i * 744 // getvariable('rows'))::integer) as line_item_usage_start_date,
        timestamp '2026-07-01' as bill_billing_period_start_date, (100000000000 + hash(i) % 20)::varchar as line_item_usage_account_id,
        ['AmazonEC2', 'AmazonS3', 'AWSLambda', 'AmazonRDS'][1 + (hash(i + 1) % 4)::integer] as line_item_product_code,
        ['us-east-1', 'eu-central-1', 'eu-west-1', 'us-west-2', 'ap-south-1'][1 + (hash(i + 2) % 5)::integer] as product_region_code,
        case when hash(i + 1) % 4 = 0 then ['m5.large', 'm5.xlarge', 'c5.2xlarge', 't3.micro', 'p4d.24xlarge'][1 + (hash(i + 3) % 5)::integer] end as product_instance_type,
        case when hash(i + 1) % 4 = 0 then ['BoxUsage:m5.large', 'BoxUsage:m5.xlarge', 'BoxUsage:c5.2xlarge', 'BoxUsage:t3.micro', 'BoxUsage:p4d.24xlarge'][1 + (hash(i + 3) % 5)::integer]
            else ['DataTransfer-Out-Bytes', 'TimedStorage-ByteHrs', 'Requests-Tier1'][1 + (hash(i + 3) % 3)::integer] end as line_item_usage_type,
        case when hash(i + 4) % 50 = 0 then 'Credit' when hash(i + 4) % 50 = 1 then 'Tax' else 'Usage' end as line_item_line_item_type,
        ['Hrs', 'Hours', 'hours'][1 + (hash(i + 5) % 3)::integer] as pricing_unit, 'USD' as line_item_currency_code,
        ((hash(i + 6) % 100000) / 1000.0)::double as line_item_usage_amount, ((hash(i + 7) % 1000000) / 100000.0)::double as line_item_unblended_cost,
        'arn:aws:ec2:instance/i-' || hash(i // 50) as line_item_resource_id
    from range(getvariable('rows')) r(i)
) to (getvariable('path')) (format parquet, compression zstd);
