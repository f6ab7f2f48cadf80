-- connector: azure_cost
-- title: Microsoft Azure cost details (actual or amortised cost, EA or MCA)
-- formats: csv, parquet
-- lines: Date, Quantity, UnitOfMeasure, ChargeType, MeterCategory
-- private: account hash
-- natural_key: billing period, month of usage, subscription, meter category, subcategory and name, region, unit, charge type, pricing model, machine, currency
-- rank: estimate
-- options: coverage=account|supplier; snapshot=file|folder
-- traps: the unit begins with a number that multiplies; a reservation is bought and used; dates are month/day/year
-- The file (with a byte order mark, dates as month/day/year) is added up by the natural key; a group stands as one row, and `ghg rows` lists its lines again. UnitOfMeasure begins
-- with a number that the quantity is multiplied by: 3 of "10 Hours" are 30 hours. Hours of machines whose power is known become energy, everything else is spend. Actual and
-- amortised cost are two views of one usage: deliver the amortised one, and not both. In the actual view the purchase of a reservation or savings plan (and its refund) is left out and listed, its
-- usage counts at a cost of 0. The machine is the ServiceType in AdditionalInfo.
insert into bill_line by name
select r.source_id, r.file_no, r.row_no, 'azure' as provider, coalesce(r.record['billing_period'], r.record['usage_month']) as billing_period, r.record['usage_month'] as starts,
    last_day(try_cast(r.record['usage_month'] as date))::varchar as ends, coalesce(r.record['account'], '') as account, r.record['meter_category'] as service, r.record['region'] as place,
    case when r.record['pricing_model'] in ('Reservation', 'SavingsPlan') and r.record['charge_type'] in ('Purchase', 'Refund') then 'commitment' else case r.record['charge_type'] when 'Usage' then 'usage'
        when 'UnusedReservation' then 'commitment' when 'UnusedSavingsPlan' then 'commitment' when 'Purchase' then 'purchase' when 'Refund' then 'refund' when 'Tax' then 'tax'
        when 'RoundingAdjustment' then 'adjustment' else 'unknown: ' || coalesce(r.record['charge_type'], '') end end as charge,
    case when r.record['meter_category'] = 'Virtual Machines' then r.record['service_type'] end as instance,
    case when regexp_full_match(r.record['unit'], '[0-9]+ Hours?') then coalesce((try_cast(r.record['quantity'] as decimal(38,10)) * regexp_extract(r.record['unit'], '^[0-9]+')::integer)::varchar,
        r.record['quantity']) end as hours,
    r.record['cost'] as cost, r.record['currency'] as currency, try_cast(r.record['lines'] as bigint) as lines, sha256(cast(r.record as varchar)) as content
from record r where r.connector = 'azure_cost';
