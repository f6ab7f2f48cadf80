-- What exclusions.csv leaves out; omissions first.
select source_id, coalesce(activity_id, case when source_row is not null then 'row ' || source_row end, 'whole source') as subject, kind, reason,
    estimated_t_co2e, stated_by as "by", coalesce(approved_by, '') as approved_by, date
from exclusion
order by kind = 'omitted' desc, row_no
