-- The ledger and the energy of the default catalog by row and by what figures select on, and what they select (50_figure_sum.sql).
create or replace table restatement.line_now as
with emission as (
    select h.pair_no, 'kg_co2e' as measure, e.view, e.month, e.entity, e.site, e.country, e.scope, e.scope3_category, e.iso_category, e.gas_group, e.basis, e.is_biogenic, e.energy_source, e.system,
        e.lifecycle_stage, e.role, e.hosting in ('cloud', 'api') as is_cloud, e.data_origin = 'supplier_specific' as is_of_supplier, sum(e.kg_co2e) as amount, sum(e.kg_gas) as kg_gas, string_agg(distinct e.factor_id, ', ' order by e.factor_id) as factors
    from entry e left join restatement.hybrid_row h on h.source_id = e.source_id and h.file_no = e.file_no and h.row_no = e.row_no
    group by all
),
energy as (
    select h.pair_no, 'mwh' as measure, k.view, a.month, a.entity, a.site, coalesce(s.country, n.country, '') as country, k.scope, '' as scope3_category, '' as iso_category, '' as gas_group, '' as basis,
        false as is_biogenic, k.energy_source, a.system, a.lifecycle_stage, a.role, false as is_cloud, false as is_of_supplier, sum(cast(e.mwh * k.share as decimal(38,12))) as amount, cast(null as decimal(38,12)) as kg_gas, '' as factors
    from activity a join activity_energy e on e.activity_id = a.activity_id
    join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.share <> 0 and k.moved <> 'investment'
    left join site s on s.site = a.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
    left join restatement.hybrid_row h on h.source_id = a.source_id and h.file_no = a.file_no and h.row_no = a.row_no
    group by all
)
select * from emission union all select * from energy;

insert into restatement.selected_line
select 'kg_co2e' as measure, * from selected_entry
union all
select 'mwh', figure_id, scope, '', '', '', '', false, energy_source, entity, site, country, system, lifecycle_stage, role, false from selected_energy
except
from restatement.selected_line;
