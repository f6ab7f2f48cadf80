-- The ledger lines of a figure.
select ledger.entry_id, strftime(cast(ledger.month as date), '%Y-%m') as month, ledger.site, ledger.activity_label, ledger.quantity, ledger.factor_unit,
    ledger.factor, ledger.value_as, ledger.gas, ledger.is_biogenic, ledger.gwp, ledger.share, ledger.kg_co2e, ledger.factor_id,
    ledger.factor_citation, ledger.factor_publisher, ledger.file_path, ledger.sheet, ledger.row_no
from ledger
join figure_entry using (entry_id)
where figure_entry.figure_id = $figure_id and figure_entry.period = $period and ledger.view = $view
order by ledger.month, ledger.site, ledger.activity_label, ledger.entry_id
