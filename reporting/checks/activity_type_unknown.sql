-- rule: intake/activity-type-unknown
-- severity: error
-- stage: 21
-- cell: activity_type
-- fix: use a type of reporting/standards/activity_types.csv (`ghg factors search WORDS` prints the type of each factor)
-- citation: docs/tables.md
with unknown as (select distinct left(type_text, 80) as type_text from activity_row where activity_type is null and type_text is not null order by type_text limit 100),
-- What is written almost alike; of more than a hundred unknown ones the first.
near as (
    select u.type_text, arg_min(t.activity_type, (levenshtein(lower(u.type_text), t.activity_type), t.activity_type)) as known
    from unknown u join activity_type t on 3 * levenshtein(lower(u.type_text), t.activity_type) <= length(u.type_text) group by u.type_text
)
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    case when coalesce(a.type_text, '') = '' then 'no activity type is given'
        else 'unknown activity type "' || left(a.type_text, 80) || '"' || coalesce('; perhaps ' || n.known, '') end as message
from activity_row a left join near n on n.type_text = left(a.type_text, 80)
anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.activity_type is null and not a.is_none
