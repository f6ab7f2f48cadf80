-- rule: factor/lock-set
-- severity: error
-- stage: 36
-- of: lock_set
-- fix: restore the factor set as it was, or lock the period anew with `ghg factors lock --reason`
-- citation: docs/locks.md
-- A set that priced the period and has other bytes now, though no value that was used differs (factor/lock-value names those).
select null as source_id, null as file_no, null as row_no, 'lock:' || l.period as subject, 'both' as basis,
    'set ' || l.set_id || ' is not the one that ' || l.period || ' is locked with: SHA-256 of factors.csv ' || coalesce(s.digest, 'none, the set is gone') || ', locked ' || l.digest
        || '; no value that the period used has changed' as message
from lock_set l
semi join lock_value v on v.period = l.period and v.set_id = l.set_id
left join factor_set s on s.set_id = l.set_id
anti join (from finding where rule = 'factor/lock-value') c on c.subject = 'lock:' || l.period and contains(c.message, ' of set ' || l.set_id || ' at ')
where s.digest is null or s.digest <> l.digest
