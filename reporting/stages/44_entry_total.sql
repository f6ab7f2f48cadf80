-- The ledger added up to the grain at which figures are selected. Sums of decimals are exact: the order of rows changes nothing.
create table entry_total as
select a.month, e.view, a.entity, a.site, coalesce(s.country, n.country, '') as country, k.scope, k.scope3_category, k.iso_category, e.gas_group, e.basis,
    e.is_biogenic, k.energy_source, a.system, a.lifecycle_stage, a.role, count(*) as entries, sum(e.kg_co2e) as kg_co2e, sum(e.kg_gas) as kg_gas,
    sum(case when a.data_quality = 'measured' then e.kg_co2e else cast(0 as decimal(38,12)) end) as kg_measured,
    sum(case when a.data_quality in ('estimated', 'proxy') or a.read_status in ('estimated', 'accrued') then e.kg_co2e else cast(0 as decimal(38,12)) end) as kg_estimated,
    sum(case when a.data_origin in ('own', 'supplier_specific') then e.kg_co2e else cast(0 as decimal(38,12)) end) as kg_primary,
    sum(case when e.is_fallback = 1 then e.kg_co2e else cast(0 as decimal(38,12)) end) as kg_fallback,
    sum(case when e.is_other_gwp_set = 1 then e.kg_co2e else cast(0 as decimal(38,12)) end) as kg_other_gwp_set
from entry e
join activity a on a.activity_id = e.activity_id
join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.view = e.view
left join site s on s.site = a.site
left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
group by a.month, e.view, a.entity, a.site, coalesce(s.country, n.country, ''), k.scope, k.scope3_category, k.iso_category, e.gas_group, e.basis,
    e.is_biogenic, k.energy_source, a.system, a.lifecycle_stage, a.role;
