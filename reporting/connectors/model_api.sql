-- connector: model_api
-- title: Bought model APIs: tokens, requests and cost by model and month (a table, or the usage API of OpenAI)
-- formats: csv, xlsx, parquet, json, jsonl
-- records: data[].results[]
-- required: model, input_tokens, output_tokens
-- columns: month, start, end, provider, model, input_tokens, input_cached_tokens, output_tokens, requests, num_model_requests, cost, currency, project, project_id, object, *tokens*, batch, service_tier, user_id, api_key_id, /*
-- private: user_id drop, api_key_id drop, project_id hash, project hash
-- natural_key: month or start, provider, model, project
-- rank: estimate
-- traps: cached tokens are part of the input; cost and tokens are of the same requests
-- A bought model is Scope 3 category 1. Tokens are priced where a factor for them is loaded, a supplier's or the company's own (types model_api.input_tokens and model_api.output_tokens, or
-- model_api.requests, supplier `provider/model`, or `provider` for all its models); no such factor is shipped, because none was published with a method. Where there is no
-- factor the cost is taken (`month` and `currency` beside it), and where there is no cost either the row is an error, never a guess. Cached tokens are part of the
-- input tokens and not added to them. The usage API gives days as seconds since 1970, ends exclusive.
insert into activity_input by name
with constant as (
    pivot part_constant on target in ('entity', 'site', 'region', 'supplier', 'system', 'lifecycle_stage', 'coverage', 'activity_type', 'unit') using any_value(value) group by source_id
),
named as (
    select r.*, coalesce(nullif(r.record['provider'], ''), k.supplier, '') as vendor, coalesce(r.record['model'], '') as model, nullif(coalesce(r.record['requests'], r.record['num_model_requests']), '') as requests,
        k.entity, k.site, k.region, k.system, k.lifecycle_stage, k.coverage, k.activity_type as spend_type, coalesce(nullif(r.record['currency'], ''), k.unit) as currency,
        nullif(r.record['cost'], '') as cost, coalesce(r.record['project_id'], r.record['project']) as project,
        coalesce(strftime(to_timestamp(try_cast(r.record['/data.start_time'] as bigint)) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ'), r.record['month'] || '-01', r.record['start']) as starts,
        coalesce(strftime(to_timestamp(try_cast(r.record['/data.end_time'] as bigint)) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ'),
            strftime(last_day(try_cast(r.record['month'] || '-01' as date)), '%Y-%m-%d'), r.record['end'], r.record['month']) as ends
    from record r left join constant k using (source_id) where r.connector = 'model_api'
),
kind as (
    select * from (values (1, 'model_api.input_tokens'), (2, 'model_api.output_tokens'), (3, 'model_api.requests')) t(part, activity_type)
),
-- Which of a model's numbers a factor prices, and for whom: for the model, for the vendor, for anybody.
priced as (
    select n.vendor, n.model, k.part, arg_min(f.supplier, case f.supplier when n.vendor || '/' || n.model then 0 when n.vendor then 1 else 2 end) as factor_supplier
    from (select distinct vendor, model from named) n cross join kind k
    join factor f on f.activity_type = k.activity_type and f.supplier in (n.vendor || '/' || n.model, n.vendor, '') group by all
),
choice as (
    select n.vendor, n.model, coalesce(bool_or(p.part in (1, 2)), false) as by_tokens, coalesce(bool_or(p.part = 3), false) as by_requests
    from (select distinct vendor, model from named) n left join priced p using (vendor, model) group by all
),
wanted as (
    select n.*, k.part, k.activity_type, case k.part when 1 then n.record['input_tokens'] when 2 then n.record['output_tokens'] else n.requests end as quantity,
        case k.part when 3 then 'request' else 'token' end as unit, case when coalesce(p.factor_supplier, '') = '' then n.vendor else p.factor_supplier end as supplier, false as is_spend
    from named n join choice c using (vendor, model) cross join kind k left join priced p on p.vendor = n.vendor and p.model = n.model and p.part = k.part
    where (c.by_tokens and k.part in (1, 2)) or (not c.by_tokens and c.by_requests and k.part = 3)
        or (not c.by_tokens and not c.by_requests and n.cost is null and k.part in (1, 2))
    union all
    select n.*, 1, coalesce(n.spend_type, s.activity_type), n.cost, n.currency, n.vendor, true
    from named n join choice c using (vendor, model)
    cross join (select activity_type from read_csv(getvariable('standards') || '/cloud_spend_types.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
        where provider = '*' and service = '*') s
    where not c.by_tokens and not c.by_requests and n.cost is not null
)
select w.source_id, w.file_no, w.row_no, w.part, w.activity_type, w.starts, w.ends, coalesce(w.quantity, '') as quantity, w.unit, w.entity, w.site, w.region, w.supplier, 'api' as hosting, w.system,
    w.lifecycle_stage, coalesce(w.coverage, nullif(w.vendor, '')) as coverage, case when w.is_spend then 'proxy' else 'calculated' end as data_quality, 'secondary' as data_origin,
    concat_ws(', ', nullif(w.model, ''), case when w.is_spend then 'no factor for tokens or requests of the model: by spend' end) as note,
    concat_ws('/', w.starts, w.vendor, w.model, w.project) as natural_key, sha256(cast(w.record as varchar)) as content
from wanted w;
