-- connector: focus
-- title: FOCUS cost and usage, versions 1.0-preview to 1.2 (any provider)
-- formats: parquet, csv
-- lines: ChargeCategory, ChargePeriodStart, BillingPeriodStart, EffectiveCost, BillingCurrency
-- private: account hash
-- natural_key: billing period, month of the charge, provider, account, service, region, category and class of the charge, description, unit, meter, price details, usage type, currency
-- rank: estimate
-- options: coverage=account|supplier; snapshot=file|folder
-- traps: credits cancel the cost; taxes are no usage; billed cost holds commitments and leaves out their usage; versions name a column differently
-- The file is read in place and its lines are added up by the natural key; a group stands as one row, and `ghg rows` lists its lines again. The format has no column for energy
-- or emissions: hours of machines whose power is known become energy, everything else is spend at EffectiveCost (BilledCost holds commitments, ListCost nobody pays). Only
-- ChargeCategory Usage and Purchase count; Credit, Tax and Adjustment are listed. The machine is taken from SkuPriceDetails (1.2), from x_UsageType, or from a
-- description of the form "... m5.large Instance Hour", and only where factors/cloud_instances.csv has it. NULL as a text is nothing. Times without offset are UTC
-- by the specification, ends are exclusive. 1.0-preview names Region, UsageQuantity and UsageUnit what is RegionId, ConsumedQuantity and ConsumedUnit later.
insert into bill_line by name
with named as (
    select r.*, case when r.record['provider'] ilike '%aws%' or r.record['provider'] ilike '%amazon%' then 'aws' when r.record['provider'] ilike '%microsoft%' or r.record['provider'] ilike '%azure%' then 'azure'
            when r.record['provider'] ilike '%google%' or r.record['provider'] ilike '%gcp%' then 'gcp' else lower(coalesce(r.record['provider'], '')) end as provider
    from record r where r.connector = 'focus'
)
select n.source_id, n.file_no, n.row_no, n.provider, n.record['billing_period'] as billing_period, n.record['usage_month'] as starts,
    last_day(try_cast(n.record['usage_month'] as date))::varchar as ends, coalesce(n.record['account'], '') as account, n.record['service'] as service, n.record['region'] as place,
    case n.record['charge_category'] when 'Usage' then 'usage' when 'Purchase' then 'purchase' when 'Credit' then 'credit' when 'Tax' then 'tax' when 'Adjustment' then 'adjustment'
        else 'unknown: ' || coalesce(n.record['charge_category'], '') end as charge,
    coalesce(nullif(regexp_extract(n.record['sku_price_details'], 'InstanceType"?\s*[=:]\s*"?([^",}]+)', 1), ''),
        nullif(regexp_extract(n.record['usage_type'], '(?:^|-)(?:BoxUsage|SpotUsage|DedicatedUsage|HeavyUsage):(\S+)$', 1), ''),
        nullif(regexp_extract(n.record['description'], '\s([a-z][a-z0-9-]*\.[a-z0-9-]+) (?:Spot )?[Ii]nstance[ -][Hh]our', 1), '')) as instance,
    case when lower(n.record['unit']) in ('hrs', 'hours', 'hour') then n.record['quantity'] end as hours, n.record['cost'] as cost, n.record['currency'] as currency,
    try_cast(n.record['lines'] as bigint) as lines, sha256(cast(n.record as varchar)) as content
from named n;
