-- The words under which a factor can be found: of its label, its activity type with label and aliases, its region's name, its id and its publisher.
create or replace temp table factor_word as
with head as (select distinct set_id, factor_id, label, activity_type, region from factor),
text as (
    select set_id, factor_id, label as text from head
    union all select set_id, factor_id, factor_id from head
    union all select h.set_id, h.factor_id, h.activity_type || ' ' || coalesce(t.label, '') from head h left join activity_type t using (activity_type)
    union all select h.set_id, h.factor_id, a.alias from head h join activity_type_alias a using (activity_type)
    union all select h.set_id, h.factor_id, r.region || ' ' || coalesce(r.name, '') from head h join region r using (region)
    union all select h.set_id, h.factor_id, s.publisher from head h join factor_set s using (set_id)
)
select distinct set_id, factor_id, unnest(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) as word
from text
