-- rule: factor/activity-type
-- severity: error
-- stage: 4
-- fix: use a type of reporting/standards/activity_types.csv that is priced as itself, or leave it blank: activity data then names the factor in its column `factor`
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    case when t.activity_type is null then 'unknown activity type "' || f.activity_type || '"' else f.activity_type || ' is priced with the factors of ' || t.priced_as end
        || '; the row is not used' as message
from factor_row f left join activity_type t on t.activity_type = f.activity_type
where coalesce(f.activity_type, '') <> '' and (t.activity_type is null or t.priced_as <> t.activity_type)
