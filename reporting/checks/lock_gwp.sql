-- rule: factor/lock-gwp
-- severity: error
-- stage: 36
-- of: lock_gwp
-- fix: give the view the GWP set again that it had, or lock the period anew with `ghg factors lock --reason`
-- citation: docs/locks.md
select null as source_id, null as file_no, null as row_no, 'lock:' || l.period as subject, 'both' as basis,
    l.period || ' is locked with GWP ' || rtrim(rtrim(cast(l.value as varchar), '0'), '.') || ' (' || l.gwp_set || ') of ' || l.gas || ' in view ' || l.view || ', and it is now '
        || coalesce(rtrim(rtrim(cast(g.value as varchar), '0'), '.') || ' (' || g.gwp_set || ')', 'none (' || v.gwp_set || ')') as message
from lock_gwp l
join view v on v.view = l.view
left join gwp g on g.gwp_set = v.gwp_set and g.gas = l.gas
where g.value is null or g.value <> l.value or v.gwp_set <> l.gwp_set
