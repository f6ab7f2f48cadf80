-- Statements of vendors become activities: stated emissions in Scope 3 category 1, the chosen basis counts, the other is memo (never added).
-- The latest line about an item is taken, by the day it was made, the version of the vendor's model, file and row; the others are kept and told apart.
create table statement_line as -- of: vendor_statement
with basis as (
    select s.source_id, coalesce(max(o.value) filter (where o.name = 'supplier_basis'), (select value from setting where name = 'supplier_basis')) as supplier_basis,
        coalesce(max(o.value) filter (where o.name = 'coverage'), 'supplier') as coverage_by
    from source s left join source_option o using (source_id) group by all
),
constant as (
    pivot part_constant on target in ('activity_id', 'activity_type', 'start', 'end', 'quantity', 'unit', 'entity', 'site', 'region', 'supplier', 'system', 'lifecycle_stage', 'coverage')
    using any_value(value) group by source_id
),
ordered as (
    select v.*, row_number() over same_item as turn, count(*) over same_item as lines, first_value(v.file_no) over same_item as file_taken,
        first_value(v.row_no) over same_item as row_taken, first_value(v.content) over same_item as content_taken,
        first_value(coalesce(v.location, v.market)) over same_item as value_taken
    from vendor_statement v
    window same_item as (partition by v.source_id, v.item order by v.refreshed desc nulls last,
        list_transform(regexp_extract_all(v.model_version, '\d+'), lambda part: lpad(part, 9, '0')) desc nulls last, v.file_no desc, v.row_no desc
        rows between unbounded preceding and unbounded following)
)
select o.*, b.supplier_basis, coalesce(k.unit, o.unit) as stated_unit, k.entity, k.site, k.system, k.lifecycle_stage,
    coalesce(k.activity_type, 'stated.goods') as activity_type, coalesce(k.supplier, o.supplier) as vendor, coalesce(k.coverage, case b.coverage_by when 'account' then o.supplier || ':' || o.account else o.supplier end) as coverage_key,
    case b.supplier_basis when 'location' then o.location else o.market end as chosen,
    case b.supplier_basis when 'location' then o.market else o.location end as other
from ordered o join basis b using (source_id) left join constant k using (source_id);

insert into activity_input by name -- of: vendor_statement
select l.source_id, l.file_no, l.row_no, p.part, l.item as activity_id, l.activity_type, l.starts, l.ends, case p.part when 1 then coalesce(l.chosen, '') else l.other end as quantity,
    l.stated_unit as unit, l.entity, l.site, coalesce(r.region, 'world') as region, l.vendor as supplier, 'cloud' as hosting, l.coverage_key as coverage, l.system, l.lifecycle_stage,
    'calculated' as data_quality, 'supplier_specific' as data_origin,
    concat_ws(', ', l.service, l.place, case when (p.part = 1) = (l.supplier_basis = 'location') then 'location-based' else 'market-based' end || ' as stated',
        'model ' || l.model_version) as note,
    l.content, case p.part when 2 then 'memo' end as role, case p.part when 2 then 'the other basis of the statement' end as memo_reason
from statement_line l cross join (select unnest([1, 2]) as part) p
left join region r on r.region = l.region
where l.turn = 1 and (p.part = 1 or l.other is not null);

-- Lines of a ledger that another source holds, that stay within the group, or that are capitalised: the first rule that fits.
create table memo_row as -- of: memo_rule
with cell as (
    select m.source_id, m.position, m.kind, m.covered_by, m.reason, r.file_no, r.row_no
    from memo_rule m
    join source_column c on c.source_id = m.source_id and c.name = m.column_name
    join corrected_row r on r.source_id = c.source_id and r.file_no = c.file_no
    where lower(trim(coalesce(r.cells[c.position], ''))) glob lower(m.pattern)
)
select source_id, file_no, row_no, arg_min(kind, position) as kind, arg_min(covered_by, position) as covered_by, arg_min(reason, position) as reason
from cell group by source_id, file_no, row_no;
update activity_input i -- of: memo_rule
set role = 'memo', memo_reason = m.kind || case when m.kind = 'covered' then ' by ' || array_to_string(m.covered_by, ', ') else '' end || ': ' || m.reason
from memo_row m where m.source_id = i.source_id and m.file_no = i.file_no and m.row_no = i.row_no;
