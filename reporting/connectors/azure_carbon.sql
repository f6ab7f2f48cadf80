-- connector: azure_carbon
-- title: Microsoft Azure carbon optimization: emissions by resource as a table, or the answers of its API as JSON
-- formats: csv, xlsx, json
-- records: value[] | [].value[] | []
-- outer: subscriptionAccessDecisionList.decision
-- required: scope1 or latestMonthEmissions, scope2 or latestMonthEmissions, scope3 or latestMonthEmissions, resourceId or dataType
-- columns: resourceId, resourceName, resourceGroup, resourceType, location, scope1, scope2, scope3, dataType, categoryType, itemName, subscriptionId, resourceGroupUrl, date, latestMonthEmissions, previousMonthEmissions, monthOverMonthEmissionsChangeRatio, monthlyEmissionsChangeValue, carbonIntensity, /skipToken, /subscriptionAccessDecisionList.decision
-- numbers: scope1, scope2, scope3, latestMonthEmissions
-- private: resourceId hash, resourceName drop, resourceGroup hash, itemName hash, subscriptionId hash, resourceGroupUrl hash
-- natural_key: month, scopes, kind of item, resourceId or resourceGroupUrl or itemName
-- rank: vendor
-- options: supplier_basis=location|market; month=file_name|constant; scopes=all|scope1|scope2|scope3|file_name
-- traps: the month stands in the file's name; Scope 2 is market-based alone; Scope 3 is the most of it; the value of the month before stands beside; answers of one scope each are parts; reports by resource and by location say the same; the largest items are no total; a month needs all three scopes
-- The file states neither unit nor month. The unit is a constant of the source (`constants: {unit: t_co2e}` or kg_co2e) and is never guessed; Microsoft's reference of the API
-- (2025-04-01) says kgCO2E. The month is either the constants `start` and `end`, or, with `options: {month: file_name}`, the year and month in the file's name (2026-07,
-- 2026_07 or 202607). Scope 2 of Azure is market-based alone, so that there is no location-based value: a source that asks for it is an error, not the other figure.
-- Answers of the API (ItemDetailsReport, MonthlySummaryReport, OverallSummaryReport; one answer or a list of pages a file) do not repeat what was asked: `scopes` says which scopes
-- (carbonScopeList) the values hold, or with `file_name` that each file is of the one in its name (scope1, scope2, scope3), and then all three are needed. latestMonthEmissions is
-- the value, previousMonthEmissions is the answer of another month and never read; `date` of a monthly summary is its month. Reports by resource, group, type, location,
-- subscription and month say the same emissions in several ways: a month of a source takes one. TopItems reports hold the largest ten items, no total, and are an
-- error. So are pages that are not there (skipToken) and subscriptions that were denied. Built from the documentation of the columns: no real file was at hand.
insert into vendor_statement by name
with option as (
    select source_id, max(value) filter (where name = 'month') as month, max(value) filter (where name = 'scopes') as scopes from source_option group by source_id
),
constant as (pivot part_constant on target in ('start', 'end') using any_value(value) group by source_id),
placed as (
    select r.*, coalesce(o.month, 'constant') as month_from, k."start", k."end", regexp_extract(parse_filename(f.path), '(20\d{2})[-_]?(0[1-9]|1[0-2])', ['year', 'month']) as named,
        cell_of(r.record, 'dataType') as answer, left(cell_of(r.record, 'date'), 10) as "date", o.scopes = 'file_name' as is_of_one_scope,
        case when o.scopes = 'file_name' then nullif(lower(regexp_replace(regexp_extract(parse_filename(f.path), '(?i)scope[-_ ]?[123]'), '[-_ ]', '')), '') else o.scopes end as scopes
    from record r join source_file f using (source_id, file_no) left join option o using (source_id) left join constant k using (source_id)
    where r.connector = 'azure_carbon'
),
dated as (
    select p.*, case when "date" is not null then "date" when month_from = 'constant' then "start" else nullif(named.year, '') || '-' || named.month || '-01' end as starts,
        case when "date" is not null then strftime(last_day(try_cast("date" as date)), '%Y-%m-%d') when month_from = 'constant' then "end"
            else strftime(last_day(try_cast(nullif(named.year, '') || '-' || named.month || '-01' as date)), '%Y-%m-%d') end as ends,
        case when answer is null then 'resource' when answer like '%ItemDetails%' then coalesce(lower(cell_of(record, 'categoryType')), 'item') when answer like 'MonthlySummary%' then 'month'
            when answer like 'OverallSummary%' then 'period' end as kind,
        coalesce(cell_of(record, 'resourceId'), cell_of(record, 'resourceGroupUrl'), concat_ws('/', cell_of(record, 'subscriptionId'), cell_of(record, 'itemName')), '') as thing,
        case when answer is null and regexp_full_match(record['scope1'], '[0-9.eE+-]+') and regexp_full_match(record['scope2'], '[0-9.eE+-]+') and regexp_full_match(record['scope3'], '[0-9.eE+-]+')
            then cast(try_cast(record['scope1'] as decimal(38,12)) + try_cast(record['scope2'] as decimal(38,12)) + try_cast(record['scope3'] as decimal(38,12)) as varchar) end as total
    from placed p
),
seen as (
    select *, min(kind) over month as first_kind, max(kind) over month as last_kind, bool_or(scopes = 'scope1') over month and bool_or(scopes = 'scope2') over month and bool_or(scopes = 'scope3') over month as has_all
    from dated window month as (partition by source_id, starts)
),
told as (
    select *, case when answer is null then coalesce(total, concat_ws(' + ', record['scope1'], record['scope2'], record['scope3']))
        else concat_ws(' ', record['latestMonthEmissions'],
            case when answer like '%TopItems%' then 'of the largest items alone, which are no total' when kind is null then 'of a report that is not known (' || answer || ')'
                when scopes is null then 'of scopes that nothing names (option scopes of the source)' when is_of_one_scope and not has_all then 'of one scope, and the month is not there for all three'
                when first_kind <> last_kind then 'by ' || kind || ', beside rows by ' || case when kind = first_kind then last_kind else first_kind end || ' of the same month' end) end as stated
    from seen
)
select t.source_id, t.file_no, t.row_no, concat_ws('/', coalesce(t.starts, ''), case when t.answer is not null then coalesce(t.scopes, '') || '/' || coalesce(t.kind, '') end, t.thing) as item,
    'azure' as supplier, '' as account, cell_of(t.record, 'resourceType') as service, n.region, cell_of(t.record, 'location') as place,
    t.starts, t.ends, t.stated as market, t.record['scope1'] as scope1, t.record['scope2'] as scope2_market, t.record['scope3'] as scope3_market, sha256(cast(t.record as varchar)) as content
from told t left join cloud_region_name n on n.provider = 'azure' and n.name = cloud_place(t.record['location']);
