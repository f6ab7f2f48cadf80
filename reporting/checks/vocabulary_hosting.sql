-- rule: intake/hosting-unknown
-- severity: error
-- stage: 21
-- cell: hosting
-- fix: use one of the words of the column: own, colocation, cloud, api, finance_lease, operating_lease, leased_out_operating, leased_out_finance, franchised
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis, 'hosting "' || left(a.hosting, 80) || '" is not one of its words' as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.hosting not in ('own', 'colocation', 'cloud', 'api') and a.hosting not in (select hosting from tenure_rule) and not a.is_none
