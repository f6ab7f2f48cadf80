-- The ledger added up to the grain at which figures are selected. Sums of decimals are exact: the order of rows changes nothing.
create table entry_total as
select month, view, entity, site, country, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, system, lifecycle_stage, role,
    count(*) as entries, sum(kg_co2e) as kg_co2e, sum(kg_gas) as kg_gas,
    sum(case when data_quality = 'measured' then kg_co2e else cast(0 as decimal(38,12)) end) as kg_measured,
    sum(case when data_quality in ('estimated', 'proxy') or read_status in ('estimated', 'accrued') then kg_co2e else cast(0 as decimal(38,12)) end) as kg_estimated,
    sum(case when data_origin in ('own', 'supplier_specific') then kg_co2e else cast(0 as decimal(38,12)) end) as kg_primary,
    sum(case when is_fallback = 1 then kg_co2e else cast(0 as decimal(38,12)) end) as kg_fallback,
    sum(case when is_other_gwp_set = 1 then kg_co2e else cast(0 as decimal(38,12)) end) as kg_other_gwp_set
from entry
group by month, view, entity, site, country, scope, scope3_category, iso_category, gas_group, basis, is_biogenic, energy_source, system, lifecycle_stage, role;
