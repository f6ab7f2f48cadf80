-- The ledger added up to the grain at which figures are selected. Sums of decimals are exact: the order of rows changes nothing.
-- First by the number of the price's own columns, which is quick, then with their names.
create table entry_total as
with amount as (
    select total_key, site, country, system, lifecycle_stage, role, data_quality, data_origin, read_status, hosting in ('cloud', 'api') as is_cloud, count(*) as entries, sum(kg_co2e) as kg_co2e, sum(kg_gas) as kg_gas
    from entry
    group by total_key, site, country, system, lifecycle_stage, role, data_quality, data_origin, read_status, hosting in ('cloud', 'api')
),
named as (
    select distinct total_key, month, view, entity, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, is_fallback, is_other_gwp_set
    from entry_price
)
select n.month, n.view, n.entity, a.site, a.country, n.scope, n.scope3_category, n.iso_category, n.gas_group, n.basis, n.is_biogenic, n.energy_source, a.system,
    a.lifecycle_stage, a.role, a.is_cloud, cast(sum(a.entries) as bigint) as entries, sum(a.kg_co2e) as kg_co2e, sum(a.kg_gas) as kg_gas,
    sum(case when a.data_quality = 'measured' then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_measured,
    sum(case when a.data_quality in ('estimated', 'proxy') or a.read_status in ('estimated', 'accrued', 'filled') then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_estimated,
    sum(case when a.read_status = 'filled' then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_filled,
    sum(case when a.data_origin in ('own', 'supplier_specific') then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_primary,
    sum(case when a.data_origin = 'supplier_specific' then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_supplier,
    sum(case when n.is_fallback = 1 then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_fallback,
    sum(case when n.is_other_gwp_set = 1 then a.kg_co2e else cast(0 as decimal(38,12)) end) as kg_other_gwp_set
from amount a join named n on n.total_key = a.total_key
group by n.month, n.view, n.entity, a.site, a.country, n.scope, n.scope3_category, n.iso_category, n.gas_group, n.basis, n.is_biogenic, n.energy_source, a.system,
    a.lifecycle_stage, a.role, a.is_cloud;
