-- Keys and numbers of one line of an Azure cost export; dates are month/day/year or ISO, the machine is the ServiceType in AdditionalInfo.
with empty as (
    select null as BillingPeriodStartDate, null as "Date", null as SubscriptionId, null as MeterCategory, null as MeterSubCategory, null as MeterName, null as ResourceLocation,
        null as UnitOfMeasure, null as ChargeType, null as PricingModel, null as AdditionalInfo, null as BillingCurrency, null as BillingCurrencyCode, null as Quantity,
        null as Cost, null as CostInBillingCurrency
    where false
),
line as (from empty union all by name from raw)
select cast(coalesce(try_strptime(cast(BillingPeriodStartDate as varchar), '%m/%d/%Y'), try_cast(BillingPeriodStartDate as timestamp)) as date) as billing_period,
    cast(date_trunc('month', coalesce(try_strptime(cast("Date" as varchar), '%m/%d/%Y'), try_cast("Date" as timestamp))) as date) as usage_month, SubscriptionId as account,
    MeterCategory as meter_category, MeterSubCategory as meter_sub_category, MeterName as meter_name, ResourceLocation as region, UnitOfMeasure as unit,
    ChargeType as charge_type, PricingModel as pricing_model, nullif(regexp_extract(cast(AdditionalInfo as varchar), '"ServiceType" *: *"([^"]*)"', 1), '') as service_type,
    coalesce(BillingCurrency, BillingCurrencyCode) as currency, try_cast(Quantity as decimal(38,10)) as quantity,
    try_cast(coalesce(CostInBillingCurrency, Cost) as decimal(38,10)) as cost
from line
