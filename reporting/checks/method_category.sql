-- rule: method/category
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: use a method of docs/methods.md that serves the category, or correct the activity type
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    'method ' || m.method || ' serves ' || case when d.scope3_category <> '' then 'Scope 3 category ' || replace(d.scope3_category, '|', ' or ') else 'Scope ' || d.scope end
        || ', and ' || m.known_type || ' belongs to ' || case t.scope when '3' then 'Scope 3 category ' || t.scope3_category when '' then 'no scope' else 'Scope ' || t.scope end as message
from method_activity m join method d on d.method = m.method join activity_type t on t.activity_type = m.known_type
where (d.scope <> '' and t.scope <> '' and t.scope <> d.scope)
    or (d.scope3_category <> '' and t.scope3_category <> '' and not list_contains(string_split(d.scope3_category, '|'), t.scope3_category))
