-- The ledger lines of a figure of kind `sum` in kg CO2e: those that its datapoint selects in its view and period.
-- An empty selector means any; lines with basis `both` belong to the location-based and to the market-based totals.
select l.entry_id, strftime(l.month, '%Y-%m') as month, l.site, l.activity_label, l.quantity, l.factor_unit, l.factor, l.value_as, l.gas,
    l.is_biogenic, l.gwp, l.share, l.kg_co2e, l.factor_id, l.factor_citation, l.factor_publisher, l.file_path, l.sheet, l.row_no
from figure as f
join datapoint as d on d.framework = f.framework and d.datapoint = f.datapoint
join period as p on p.period = f.period
join ledger as l on l.view = f.view and l.month >= p.starts and l.month < p.ends
    and (d.scope = '' or contains('|' || d.scope || '|', '|' || l.scope || '|'))
    and (d.scope3_category = '' or contains('|' || d.scope3_category || '|', '|' || l.scope3_category || '|'))
    and (d.iso_category = '' or contains('|' || d.iso_category || '|', '|' || l.iso_category || '|'))
    and (d.basis = '' or l.basis = 'both' or contains('|' || d.basis || '|', '|' || l.basis || '|'))
    and (d.gas_group = '' or contains('|' || d.gas_group || '|', '|' || l.gas_group || '|'))
    and ((d.biogenic = 'only' and l.is_biogenic) or (d.biogenic = '' and not l.is_biogenic))
    and (d.energy_source = '' or contains('|' || d.energy_source || '|', '|' || l.energy_source || '|'))
    and (d.system = '' or l.system <> '') and (d.lifecycle_stage = '' or contains('|' || d.lifecycle_stage || '|', '|' || l.lifecycle_stage || '|'))
    and (d.role = 'any' or l.role = d.role)
    and (f.key = '' or f.key = d.split || '=' || case d.split when 'category' then l.scope3_category when 'iso' then l.iso_category
        when 'gas' then l.gas_group when 'entity' then l.entity when 'site' then l.site when 'country' then l.country else l.system end)
where f.figure_id = $figure_id and f.period = $period and f.view = $view and d.measure = 'kg_co2e'
order by l.month, l.site, l.activity_label, l.entry_id
