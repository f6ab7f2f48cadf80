-- rule: scope3/payer
-- severity: error
-- stage: 21
-- cell: payer
-- fix: say who pays in the column `payer`: own, supplier, customer or other
-- citation: GHG Protocol Scope 3 Standard Table 5.4, categories 4 and 9
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    case when t.scope3_category = '9' then 'transport that the company pays for belongs to category 4, and ' || a.activity_type || ' to category 9'
        else 'payer "' || left(a.payer, 80) || '" does not decide between the categories 4 and 9' end as message
from activity_row a anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
join activity_type t on t.activity_type = a.activity_type
where (starts_with(a.activity_type, 'freight.') and a.payer <> '' and a.payer not in (select payer from payer_rule))
    or (t.scope3_category = '9' and a.payer = 'own')
