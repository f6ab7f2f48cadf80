-- rule: method/allocation-beyond-whole
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the keys or the whole: what is given out may not exceed the whole
-- citation: GHG Protocol Scope 3 Standard ch. 8
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'the keys of ' || case when s.pool = '' then 'the row' else 'pool ' || s.pool || ', ' || s.receivers || ' rows,' end || ' give out ' || s.given_out || ' of the whole' as message
from method_activity m join method_share s on s.source_id = m.source_id and s.file_no = m.file_no and s.row_no = m.row_no and s.part = m.part where s.is_beyond
