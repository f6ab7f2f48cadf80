-- rule: scope3/capital-spread
-- severity: error
-- stage: 21
-- fix: give the whole purchase with the date of purchase
-- citation: GHG Protocol Scope 3 Standard category 2
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'a purchase of capital goods counts in full in the year of purchase, and this row spreads it '
        || case when a.period_end > a.period_start + interval 1 year then 'over more than a year' else 'over the end of ' || min(p.period) end as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
join activity_type t on t.activity_type = a.activity_type and t.scope = '3' and t.scope3_category = '2'
left join period p on p.ends - p.starts > 360 and a.period_start < p.ends and a.period_end > p.ends
group by a.source_id, a.file_no, a.row_no, a.activity_id, a.period_start, a.period_end having count(p.period) > 0 or a.period_end > a.period_start + interval 1 year
