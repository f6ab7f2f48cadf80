-- connector: cloud_carbon_footprint
-- title: Cloud Carbon Footprint, estimates (JSON of its API, or the same as a table)
-- formats: json, jsonl, csv
-- records: [].serviceEstimates[]
-- required: kilowattHours, co2e, region, cloudProvider, /timestamp or timestamp or periodStartDate
-- lacks: Inputs of the tool (a lookup list with usageType and usageUnit, on-premise machines with cpuDescription) name kinds of usage and hardware and no energy: run the tool on them and deliver its estimates
-- columns: timestamp, cloudProvider, accountId, accountName, serviceName, kilowattHours, co2e, cost, region, usesAverageCPUConstant, tags*, periodStartDate, periodEndDate, groupBy, /*
-- private: accountId hash, accountName hash
-- natural_key: timestamp, cloudProvider, accountName, serviceName, region
-- rank: estimate
-- options: interval=day|week|month; coverage=account|supplier
-- traps: co2e rests on the tool's own factors; times are midnight of another zone; a record does not say when it ends
-- kilowattHours are taken, the provider's overhead (PUE) is already in them. co2e is in metric tonnes and rests on the tool's own grid factors: it is kept beside, so that
-- the factor it implies can be told from ours. A record says when it begins and not when it ends: `interval` says how long it is. Times are in UTC; where they are
-- midnight of another zone, the source declares it as `time_zone`, else a record that does not begin at midnight is refused.
insert into activity_input by name
with option as (
    select s.source_id, max(o.value) filter (where o.name = 'interval') as "interval", max(o.value) filter (where o.name = 'time_zone') as zone,
        coalesce(max(o.value) filter (where o.name = 'coverage'), 'supplier') as coverage_by
    from source s left join source_option o using (source_id) where s.connector = 'cloud_carbon_footprint' group by all
),
constant as (
    pivot part_constant on target in ('entity', 'site', 'supplier', 'system', 'lifecycle_stage', 'coverage') using any_value(value) group by source_id
),
dated as (
    select r.*, o."interval", o.coverage_by, timezone(coalesce(o.zone, 'UTC'), try_cast(coalesce(r.record['periodStartDate'], r.record['/timestamp'], r.record['timestamp']) as timestamptz)) as begins,
        case lower(r.record['cloudProvider']) when 'alicloud' then 'alibaba' else lower(r.record['cloudProvider']) end as provider
    from record r join option o using (source_id)
),
lasting as (
    select d.*, case when begins <> date_trunc('day', begins) or ("interval" = 'month' and day(begins) <> 1) then null else begins::date end as first_day,
        case "interval" when 'day' then begins::date when 'week' then (begins + interval 6 day)::date when 'month' then last_day(begins) end as last_day
    from dated d
)
select l.source_id, l.file_no, l.row_no, 1 as part, 'electricity.purchased' as activity_type, coalesce(l.first_day::varchar, coalesce(l.record['periodStartDate'], l.record['/timestamp'], l.record['timestamp']) || ', not midnight') as starts,
    coalesce(l.last_day::varchar, l.record['periodEndDate'], '') as ends, l.record['kilowattHours'] as quantity, 'kWh' as unit, k.entity, k.site,
    coalesce(n.region, l.provider || ':' || l.record['region']) as region, coalesce(k.supplier, l.provider) as supplier, 'cloud' as hosting, k.system, k.lifecycle_stage,
    coalesce(k.coverage, case l.coverage_by when 'account' then l.provider || ':' || coalesce(l.record['accountId'], l.record['accountName'], '') else l.provider end) as coverage,
    'estimated' as data_quality, 'secondary' as data_origin, concat_ws(', ', l.record['serviceName'], 'Cloud Carbon Footprint, its own figure ' || l.record['co2e'] || ' t CO2e') as note,
    concat_ws('/', l.first_day, l.provider, coalesce(l.record['accountId'], l.record['accountName']), l.record['serviceName'], l.record['region']) as natural_key,
    sha256(cast(l.record as varchar)) as content
from lasting l left join constant k using (source_id) left join cloud_region_name n on n.provider = l.provider and n.name = cloud_place(l.record['region']);
insert into tool_statement by name
select r.source_id, r.file_no, r.row_no, r.record['serviceName'] as service, r.record['kilowattHours'] as kwh, r.record['co2e'] as emissions, 't_co2e' as unit
from record r where r.connector = 'cloud_carbon_footprint';
