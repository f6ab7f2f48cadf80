-- rule: factor/citation
-- severity: error
-- stage: 4
-- fix: add table and cell of the publication
-- citation: docs/tables.md
select null as source_id, null as file_no, f.row_no, 'factor:' || coalesce(f.factor_id, '') as subject, 'both' as basis,
    'factor row without citation' || '; the row is not used' as message
from factor_row f left join unit u on u.unit = f.per_unit left join region r on r.region = f.region
where trim(coalesce(f.citation, '')) = ''
