-- rule: coverage/fill-of-recorded-month
-- severity: error
-- stage: 23
-- of: fill_state
-- fix: remove the month from the fill: what is recorded is never replaced by an estimate
-- citation: GHG Protocol Corporate Standard ch. 7 (data gaps)
select null as source_id, null as file_no, null as row_no, 'fill:' || fill_id || '@' || strftime(month, '%Y-%m') as subject, 'both' as basis,
    'the fill "' || fill_id || '" of ' || strftime(month, '%Y-%m') || ' (' || activity_type || ', site ' || site || ') is not made: ' || obstacle as message
from fill_state where recorded <> ''
