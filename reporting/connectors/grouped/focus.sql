-- Keys and numbers of one line in the FOCUS format 1.0-preview to 1.2; columns that a version leaves out are empty, NULL as a text is nothing.
with empty as (
    select null as BillingPeriodStart, null as ChargePeriodStart, null as ProviderName, null as ServiceProviderName, null as SubAccountId, null as BillingAccountId, null as ServiceName, null as ServiceCategory,
        null as RegionId, null as Region, null as ChargeCategory, null as ChargeClass, null as ChargeDescription, null as ConsumedUnit, null as UsageUnit, null as ConsumedQuantity,
        null as UsageQuantity, null as EffectiveCost, null as BillingCurrency, null as SkuMeter, null as SkuPriceDetails, null as x_UsageType
    where false
),
line as (from empty union all by name from raw)
select cast(try_cast(BillingPeriodStart as timestamp) as date) as billing_period, cast(date_trunc('month', try_cast(ChargePeriodStart as timestamp)) as date) as usage_month,
    nullif(coalesce(ProviderName, ServiceProviderName), 'NULL') as provider, coalesce(nullif(SubAccountId, 'NULL'), nullif(BillingAccountId, 'NULL')) as account, nullif(ServiceName, 'NULL') as service,
    nullif(coalesce(RegionId, Region), 'NULL') as region, ChargeCategory as charge_category, nullif(ChargeClass, 'NULL') as charge_class,
    nullif(ChargeDescription, 'NULL') as description, nullif(coalesce(ConsumedUnit, UsageUnit), 'NULL') as unit, nullif(SkuMeter, 'NULL') as sku_meter,
    nullif(cast(SkuPriceDetails as varchar), 'NULL') as sku_price_details, nullif(x_UsageType, 'NULL') as usage_type, BillingCurrency as currency,
    try_cast(coalesce(ConsumedQuantity, UsageQuantity) as decimal(38,10)) as quantity,
    try_cast(EffectiveCost as decimal(38,10)) as cost
from line
