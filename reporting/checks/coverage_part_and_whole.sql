-- rule: coverage/part-and-whole
-- severity: error
-- stage: 23
-- fix: give both the same coverage key (drop `options: {coverage: account}`, or name the account as coverage of the ledger's lines), or decide under `roles`
-- citation: GHG Protocol Corporate Standard ch. 1 (accuracy); docs/reconcile.md
with counted as (
    select source_id, coverage, month, split_part(coverage, ':', 1) as whole, min(row_no) as row_no, min(file_no) as file_no, arg_min(row_activity_id, row_no) as activity_id
    from activity_counted where role = 'inventory' and counts and coverage <> '' group by all
)
select distinct w.source_id, w.file_no, w.row_no, 'activity:' || w.activity_id as subject, 'both' as basis,
    '"' || w.coverage || '" in ' || strftime(w.month, '%Y-%m') || ' holds "' || p.coverage || '" of the source ' || p.source_id || ', and both are counted' as message
from counted w join counted p on p.whole = w.coverage and p.coverage <> w.coverage and p.month = w.month and p.source_id <> w.source_id
