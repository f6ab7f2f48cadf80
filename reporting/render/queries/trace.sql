-- The ledger lines of a figure of kind `sum` in kg CO2e: those that its datapoint selects in its view and period.
select l.entry_id, strftime(l.month, '%Y-%m') as month, l.site, l.activity_label, l.quantity, l.factor_unit, l.factor, l.value_as, l.gas,
    l.is_biogenic, l.gwp, l.share, l.kg_co2e, l.factor_id, l.factor_citation, l.factor_publisher, l.file_path, l.sheet, l.row_no
from figure as f
join datapoint as d on d.framework = f.framework and d.datapoint = f.datapoint
join period as p on p.period = f.period
join figure_line as l on l.figure_id = f.figure_id and l.view = f.view and l.month >= p.starts and l.month < p.ends
where f.figure_id = $figure_id and f.period = $period and f.view = $view and d.measure = 'kg_co2e'
order by l.month, l.site, l.activity_label, l.entry_id
