-- connector: model_api
-- title: Bought model APIs: tokens, requests and cost by model and month (a table, or the usage API of OpenAI or Anthropic)
-- formats: csv, xlsx, parquet, json, jsonl
-- records: data[].results[] | [].data[].results[] | []
-- required: model, input_tokens or uncached_input_tokens, output_tokens or object
-- lacks: Reports of costs, images, characters or seconds have no tokens by model: take the usage of completions, messages or embeddings, or a table of tokens and cost
-- columns: month, start, end, provider, model, input_tokens, input_cached_tokens, output_tokens, requests, num_model_requests, cost, currency, project, project_id, object, *tokens*, batch, service_tier, context_window, inference_geo, cache_creation, workspace_id, user_id, api_key_id, server_tool_use.*, /*
-- numbers: *tokens*, requests, num_model_requests, cost
-- dates: start, end
-- private: user_id hash, api_key_id hash, project_id hash, project hash, workspace_id hash
-- natural_key: month or start, provider, model, project, and what else the export is grouped by (object, batch, service_tier, context_window, user, key)
-- rank: estimate
-- traps: cached tokens are part of the input; cost and tokens are of the same requests; tokens from a cache are not in the uncached ones; an embedding has no output
-- A bought model is Scope 3 category 1. Tokens are priced where a factor for them is loaded, a supplier's or the company's own (types model_api.input_tokens and model_api.output_tokens, or
-- model_api.requests, supplier `provider/model`, or `provider` for all its models); no such factor is shipped, because none was published with a method. Where there is no
-- factor the cost is taken (`month` and `currency` beside it), and where there is no cost either the row is an error, never a guess. The provider is a column, or `supplier` among
-- the constants. OpenAI's input_tokens hold the cached ones, which are not added to them; Anthropic's uncached_input_tokens do not hold what was read from the cache or
-- written to it, and those are added. An embedding has no output tokens. Days of the usage APIs are in UTC, ends exclusive; an answer that says that more pages
-- follow (has_more) is an error where the source has no last page. Reports of costs, images and seconds of audio have no tokens by model and are refused.
insert into activity_input by name
with constant as (
    pivot part_constant on target in ('entity', 'site', 'region', 'supplier', 'system', 'lifecycle_stage', 'coverage', 'activity_type', 'unit') using any_value(value) group by source_id
),
read as (
    select r.*, coalesce(nullif(r.record['provider'], ''), k.supplier, '') as vendor, coalesce(r.record['model'], '') as model, nullif(coalesce(r.record['requests'], r.record['num_model_requests']), '') as requests,
        k.entity, k.site, k.region, k.system, k.lifecycle_stage, k.coverage, k.activity_type as spend_type, coalesce(nullif(r.record['currency'], ''), k.unit) as currency,
        nullif(r.record['cost'], '') as cost, coalesce(cell_of(r.record, 'project_id'), cell_of(r.record, 'workspace_id'), r.record['project']) as project,
        case when map_contains(r.record, 'uncached_input_tokens') then [r.record['uncached_input_tokens'], cell_of(r.record, 'cache_read_input_tokens'), cell_of(r.record, 'cache_creation.ephemeral_1h_input_tokens'),
            cell_of(r.record, 'cache_creation.ephemeral_5m_input_tokens'), cell_of(r.record, 'cache_creation_input_tokens')] end as input_parts, coalesce(r.record['object'], '') like '%.embeddings.%' as is_embedding,
        concat_ws('/', nullif(r.record['object'], 'organization.usage.completions.result'), r.record['batch'], r.record['service_tier'], r.record['context_window'], r.record['inference_geo'],
            r.record['api_key_id'], r.record['user_id']) as grouped_by,
        coalesce(strftime(to_timestamp(try_cast(r.record['/data.start_time'] as bigint)) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ'), r.record['/data.starting_at'], r.record['month'] || '-01', r.record['start']) as starts,
        coalesce(strftime(to_timestamp(try_cast(r.record['/data.end_time'] as bigint)) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ'), r.record['/data.ending_at'],
            strftime(last_day(try_cast(r.record['month'] || '-01' as date)), '%Y-%m-%d'), r.record['end'], r.record['month']) as ends
    from record r left join constant k using (source_id) where r.connector = 'model_api'
),
-- Input tokens: the whole as stated, or the sum of its parts where a vendor states those.
named as (
    select *, case when input_parts is null then record['input_tokens'] when len(list_filter(input_parts, lambda part: part is not null and number_in(part) is null)) > 0 or input_parts[1] is null
        then array_to_string(input_parts, ' + ') else decimal_text(list_sum(list_transform(list_filter(input_parts, lambda part: part is not null), lambda part: number_in(part)))) end as input_tokens
    from read
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
    select n.*, k.part, k.activity_type, case k.part when 1 then n.input_tokens when 2 then n.record['output_tokens'] else n.requests end as quantity,
        case k.part when 3 then 'request' else 'token' end as unit, case when coalesce(p.factor_supplier, '') = '' then n.vendor else p.factor_supplier end as supplier, false as is_spend
    from named n join choice c using (vendor, model) cross join kind k left join priced p on p.vendor = n.vendor and p.model = n.model and p.part = k.part
    where ((c.by_tokens and k.part in (1, 2)) or (not c.by_tokens and c.by_requests and k.part = 3)
        or (not c.by_tokens and not c.by_requests and n.cost is null and k.part in (1, 2))) and not (k.part = 2 and n.is_embedding)
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
    concat_ws('/', w.starts, w.vendor, w.model, w.project, nullif(w.grouped_by, '')) as natural_key, sha256(cast(w.record as varchar)) as content
from wanted w;
