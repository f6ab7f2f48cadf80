-- rule: statement/basis-missing
-- severity: error
-- stage: 21
-- of: statement_line
-- fix: set `options: {supplier_basis: market}` (or location) for the source, so that the basis that the vendor states is the one that counts
-- citation: GHG Protocol Scope 3 Standard 7.4; docs/reconcile.md
select l.source_id, l.file_no, l.row_no, 'activity:' || l.source_id || ':' || l.item as subject, 'both' as basis,
    'the vendor states no ' || l.supplier_basis || '-based value here, and ' || case l.supplier_basis when 'location' then 'market' else 'location' end || '-based values do not stand in for it' as message
from statement_line l
anti join excluded_row x on x.source_id = l.source_id and x.file_no = l.file_no and x.row_no = l.row_no
where l.turn = 1 and l.chosen is null
