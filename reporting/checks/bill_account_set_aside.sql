-- rule: bill/account-set-aside
-- severity: error
-- stage: 18
-- of: bill_snapshot
-- fix: deliver the whole newer export, or keep the bills of each payer in a source of its own
-- citation: docs/reconcile.md
with held as (
    select distinct b.source_id, b.billing_period, b.provider, b.account, s.file_no, s.is_last, s.last_path
    from bill_snapshot s join bill_line b on s.source_id = b.source_id and s.file_no = b.file_no and s.billing_period is not distinct from b.billing_period
)
select source_id, max(file_no) as file_no, null as row_no, 'source:' || source_id as subject, 'both' as basis,
    'account ' || coalesce(account, 'without number') || ' of ' || provider || ' stands in the older snapshot of ' || coalesce(billing_period, 'no billing period')
        || ' alone, which is set aside for ' || max(last_path) as message
from held group by source_id, billing_period, provider, account having not bool_or(is_last)
