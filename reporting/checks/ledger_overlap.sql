-- rule: coverage/ledger-overlap
-- severity: warning
-- stage: 29
-- fix: where both are the same, name the lines under `memo` of the ledger or give them the coverage key of the other source; where not, name the supplier in both
-- citation: GHG Protocol Corporate Standard ch. 1 (accuracy); docs/reconcile.md
with overlap as (
    select kind, ledger, other, coalesce(hosting, '') as hosting
    from read_csv(getvariable('standards') || '/ledger_overlaps.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
),
ledger as (
    select c.source_id, c.file_no, min(c.row_no) as row_no, count(*) as lines, c.entity, c.activity_type, lower(trim(c.supplier)) as supplier, date_trunc('month', c.month)::date as month
    from activity_counted c where c.rank = 'spend' and c.role = 'inventory' and c.counts and c.coverage = '' and c.quantity > 0 group by all
),
other as (
    select c.source_id, c.entity, c.activity_type, c.hosting, lower(trim(c.supplier)) as supplier, date_trunc('month', c.month)::date as month
    from activity_counted c where (c.rank <> 'spend' or c.activity_type like 'capital.%') and c.role = 'inventory' and c.counts group by all
),
ledger_kind as (
    select distinct l.activity_type, v.kind, v.other, v.hosting from (select distinct activity_type from ledger) l join overlap v on l.activity_type glob v.ledger
),
other_kind as (
    select distinct o.activity_type, o.hosting, v.kind, v.other
    from (select distinct activity_type, hosting from other) o join overlap v on o.activity_type glob v.other and v.hosting in ('', o.hosting)
),
-- The same supplier is the same thing; where a side does not name its supplier, what is bought decides.
found as (
    select l.source_id, l.file_no, l.row_no, l.month, o.source_id as other_source, 'supplier ' || l.supplier as kind
    from ledger l join other o on o.month = l.month and o.supplier = l.supplier and o.entity is not distinct from l.entity and o.source_id <> l.source_id
    where l.supplier <> ''
    union all
    select l.source_id, l.file_no, l.row_no, l.month, o.source_id, k.kind
    from ledger l join ledger_kind k on k.activity_type = l.activity_type
    join other_kind x on x.kind = k.kind and x.other = k.other
    join other o on o.activity_type = x.activity_type and o.hosting = x.hosting and o.month = l.month and o.entity is not distinct from l.entity and o.source_id <> l.source_id
    where l.supplier = '' or o.supplier = ''
),
told as (
    select source_id, file_no, kind, month, min(row_no) as row_no, list_sort(list(distinct other_source)) as others
    from found group by all
)
select source_id, file_no, row_no, 'ledger:' || source_id || '/' || kind || '@' || strftime(month, '%Y-%m') as subject, 'both' as basis,
    'lines of the ledger (' || kind || ', ' || strftime(month, '%Y-%m') || ') count, and so does ' || array_to_string(others, ', ') || ' in that month' as message
from told
