-- rule: statement/unit-missing
-- severity: error
-- stage: 21
-- of: statement_line
-- fix: state the unit as a constant of the source: `constants: {unit: t_co2e}` or kg_co2e, as the vendor's documentation says
-- citation: docs/reconcile.md
select l.source_id, l.file_no, l.row_no, 'row:' || l.row_no as subject, 'both' as basis, 'neither the file nor the source says in which unit the emissions are, or the values of the row are in several' as message
from statement_line l
anti join excluded_row x on x.source_id = l.source_id and x.file_no = l.file_no and x.row_no = l.row_no
where l.turn = 1 and l.stated_unit is null
