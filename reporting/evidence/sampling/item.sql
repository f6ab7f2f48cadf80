-- Monetary-unit sampling: what is drawn are source rows, with probability in proportion to their tonnes. Parameters: seed, size, view, starts, ends, by_source.
-- The book value of a row is all that its ledger lines give in the view and period: inventory role, location-based, without biogenic CO2 outside the scopes.
-- Weights are whole milligrams of the absolute value, rounded half away from zero, so that everything below is arithmetic of integers.
with item as (
    select l.source_id, l.file_path, l.sheet, l.row_no, cast(sum(l.kg_co2e) as decimal(38,12)) as kg_co2e, string_agg(distinct l.activity_id, ', ' order by l.activity_id) as activities,
        string_agg(distinct l.evidence, ', ' order by l.evidence) as evidence,
        l.file_path || case when l.sheet = '' then '' else ' [' || l.sheet || ']' end || ':' || coalesce(cast(l.row_no as varchar), '') as item
    from ledger l
    where l.view = $view and l.month >= $starts and l.month < $ends and l.role = 'inventory' and l.basis in ('both', 'location') and l.scope in ('1', '2', '3') and not l.is_biogenic
    group by l.source_id, l.file_path, l.sheet, l.row_no
),
weighed as (
    select i.*, case when $by_source then i.source_id else '' end as stratum, cast(round(abs(i.kg_co2e) * 1000000) as hugeint) as weight,
        sha256($seed || chr(10) || 'item' || chr(10) || i.source_id || chr(10) || i.item) as place
    from item i
),
-- Each stratum gets its share of the sample, rounded up: all of them together may be a few more than was asked for.
stratum as (
    select stratum, weight, (weight * $size::hugeint + all_weight - 1) // all_weight as size
    from (select stratum, cast(sum(weight) as hugeint) as weight, cast(sum(sum(weight)) over () as hugeint) as all_weight from weighed where weight > 0 group by stratum)
),
started as (
    select *, cast('0x' || left(sha256($seed || chr(10) || 'start' || chr(10) || stratum), 12) as hugeint) as start_number, 281474976710656::hugeint as start_range from stratum
),
-- Point k of a stratum lies at (start / 16^12 + k) intervals of weight / size.
point as (
    select s.stratum, k.number, (s.start_number * s.weight + k.number * s.weight * s.start_range) // (s.size * s.start_range) as point
    from started s cross join lateral (select unnest(range(cast(s.size as bigint))) as number) k
),
laid as (
    select *, cast(sum(weight) over (partition by stratum order by place, item rows unbounded preceding) as hugeint) as upto from weighed where weight > 0
),
hit as (
    select l.stratum, l.source_id, l.item, count(*) as hits
    from laid l join point p on p.stratum = l.stratum and p.point >= l.upto - l.weight and p.point < l.upto
    group by all
)
select l.item, l.source_id, l.file_path, l.sheet, l.row_no, l.kg_co2e, l.activities, coalesce(l.evidence, '') as evidence, l.stratum, h.hits, s.weight as stratum_weight, s.size as stratum_size,
    l.weight * s.size >= s.weight as is_certain, coalesce(left(array_to_string(list_transform(r.cells, lambda cell: coalesce(cell, '')), ', '), 300), '') as row_text
from hit h join laid l on l.stratum = h.stratum and l.source_id = h.source_id and l.item = h.item join started s on s.stratum = h.stratum
left join source_file f on f.source_id = l.source_id and f.path = l.file_path and f.sheet = l.sheet
left join source_row r on r.source_id = f.source_id and r.file_no = f.file_no and r.row_no = l.row_no
order by l.stratum, l.upto
