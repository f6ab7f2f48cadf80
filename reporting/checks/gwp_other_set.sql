-- rule: factor/other-gwp-set
-- severity: warning
-- stage: 40
-- fix: no action: the tonnes are printed beside the figure
-- citation: GHG Protocol Corporate Standard, 2013 amendment
select null as source_id, null as file_no, null as row_no, 'factor_set:' || f.set_id as subject, 'both' as basis,
    'CO2e values of ' || f.set_id || ' rest on ' || s.gwp_set || ', not on the view''s set (view ' || e.view || ', ' || count(*) || ' ledger lines)' as message
from entry e join (select distinct factor_id, set_id from factor) f on f.factor_id = e.factor_id join factor_set s on s.set_id = f.set_id
where e.is_other_gwp_set = 1 group by f.set_id, s.gwp_set, e.view
