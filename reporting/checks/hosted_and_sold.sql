-- rule: scope3/hosted-and-sold
-- severity: error
-- stage: 44
-- fix: leave the system out of category 11, or give what is sold a system of its own
-- citation: GHG Protocol Scope 3 Standard category 11; Corporate Standard ch. 4
with hosted as (
    select distinct a.system from activity a join activity_type t on t.activity_type = a.activity_type
    where a.system <> '' and a.role = 'inventory' and t.scope3_category <> '11' and t.dimension in ('energy', 'time') and a.derivation = ''
)
select distinct a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'system ' || a.system || ' is hosted by the company or its cloud, and this row counts its use again as the use of a sold product' as message
from activity a join activity_type t on t.activity_type = a.activity_type and t.scope3_category = '11' and a.role = 'inventory' and a.counts
join hosted h on h.system = a.system
