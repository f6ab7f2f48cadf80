-- Every ledger line of the months between two pairs of dates, in the views of the figures; scope and categories as words, so that
-- no program takes them for numbers.
select l.month, l.entity, l.site, l.country, l.activity_label, case l.scope when '' then '' else 'Scope ' || l.scope end as scope,
    case l.scope3_category when '' then '' else 'Category ' || l.scope3_category end as scope3_category,
    case l.iso_category when '' then '' else 'ISO ' || l.iso_category end as iso_category, l.basis, l.gas, l.gas_group,
    case when l.is_biogenic then 'yes' else 'no' end as biogenic, l.is_biogenic, l.activity_quantity, l.activity_unit, l.multiplier, l.quantity, l.factor_unit,
    l.factor, l.value_as, l.gwp, l.share, l.kg_gas, l.kg_co2e, l.factor_id, l.set_id, l.factor_label, l.factor_publisher, l.factor_citation, l.factor_region,
    case when l.is_fallback then 'yes' else 'no' end as fallback, case when l.is_other_gwp_set then 'yes' else 'no' end as other_gwp_set,
    l.view, l.role, l.energy_source, l.system, l.lifecycle_stage, l.hosting, l.data_quality, l.data_origin, l.read_status,
    case when l.data_quality in ('estimated', 'proxy') or l.read_status in ('estimated', 'accrued', 'filled') then 'yes' else 'no' end as estimated,
    l.activity_id, l.entry_id, l.file_path, l.sheet, l.row_no, coalesce(l.evidence, '') as evidence, coalesce(l.note, '') as note
from ledger as l
where l.view in (select view from figure where period = $period)
    and ((l.month >= $starts and l.month < $ends) or (l.month >= $before_starts and l.month < $before_ends))
order by l.view, l.scope = '', l.scope, length(l.scope3_category), l.scope3_category, l.basis, l.activity_label, l.month, l.activity_id, l.factor_id, l.gas, l.is_biogenic
