-- rule: coverage/same-rank-twice
-- severity: error
-- stage: 23
-- fix: decide under `roles` of inventory.yaml which of them counts, or give the sources coverage keys of their own where they tell of different things
-- citation: GHG Protocol Corporate Standard ch. 1 (accuracy); docs/reconcile.md
with counted as (
    select source_id, file_no, coverage, entity, rank, month, min(row_no) as row_no, arg_min(row_activity_id, row_no) as activity_id
    from activity_counted where role = 'inventory' and counts and rank in ('vendor', 'estimate') and coverage <> '' group by all
)
select distinct a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'the sources ' || a.source_id || ' and ' || b.source_id || ' are of rank ' || a.rank || ', both tell of "' || a.coverage || '" in ' || strftime(a.month, '%Y-%m') || ', and both are counted' as message
from counted a join counted b on b.coverage = a.coverage and b.month = a.month and b.rank = a.rank and b.entity is not distinct from a.entity and b.source_id < a.source_id
