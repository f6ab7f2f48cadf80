-- rule: bill/commitment-left-out
-- severity: warning
-- stage: 18
-- of: bill_activity
-- fix: deliver the amortised view of the bill, in which the usage carries the cost of the reservation
-- citation: docs/reconcile.md
select b.source_id, b.file_no, null as row_no, 'source:' || b.source_id as subject, 'both' as basis,
    'the bill holds purchases of reservations of ' || decimal_text(sum(try_cast(b.cost as decimal(38,10)))) || ' ' || any_value(b.currency) || ' that are left out, and usage at a cost of 0: spend is too low' as message
from bill_activity b join source s using (source_id)
where b.is_last and b.charge = 'commitment' and s.connector = 'azure_cost' and try_cast(b.cost as decimal(38,10)) <> 0
group by b.source_id, b.file_no
having exists (from bill_activity u where u.source_id = b.source_id and u.file_no = b.file_no and u.charge = 'usage' and try_cast(u.cost as decimal(38,10)) = 0)
