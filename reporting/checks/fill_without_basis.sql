-- rule: coverage/fill-without-basis
-- severity: error
-- stage: 23
-- of: fill_state
-- fix: choose a method whose months or sites have data, or add the bill
-- citation: GHG Protocol Corporate Standard ch. 7 (data gaps)
select null as source_id, null as file_no, null as row_no, 'fill:' || fill_id || '@' || strftime(month, '%Y-%m') as subject, 'both' as basis,
    'the fill "' || fill_id || '" of ' || strftime(month, '%Y-%m') || ' (' || activity_type || ', site ' || site || ') cannot be made: ' || obstacle as message
from fill_state where obstacle <> '' and recorded = ''
