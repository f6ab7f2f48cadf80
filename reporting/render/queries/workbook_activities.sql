-- Every activity row of those months, also the replaced ones that no longer count, with its energy and its weight in one view.
select a.month, a.entity, a.site, coalesce(s.country, n.country, '') as country, case when h.is_high_impact then 'yes' else 'no' end as high_impact, t.label as activity_label,
    case k.scope when '' then '' else 'Scope ' || k.scope end as scope,
    case k.scope3_category when '' then '' else 'Category ' || k.scope3_category end as scope3_category, a.quantity, a.unit, e.multiplier, e.energy_unit,
    e.mwh_per_unit, e.mwh, case when e.mwh is null or k.moved = 'investment' then null else k.share end as share,
    case when k.share = 0 or k.moved = 'investment' then null else cast(e.mwh * k.share as decimal(38,12)) end as weighted_mwh,
    case when a.counts then 'yes' else 'no' end as counts, a.basis, a.role, k.energy_source, a.system, a.lifecycle_stage, a.activity_type, a.derivation,
    a.parent_activity_id, a.meter, a.region, a.supplier, a.hosting, a.data_quality, a.data_origin, a.read_status, a.activity_id, f.path as file_path, f.sheet,
    a.row_no, coalesce(a.evidence, '') as evidence, coalesce(a.note, '') as note
from activity as a
join activity_type as t on t.activity_type = a.activity_type
left join classification_key as k
    on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month and k.view = $view
left join activity_energy as e on e.activity_id = a.activity_id
left join source_file as f on f.source_id = a.source_id and f.file_no = a.file_no
left join site as s on s.site = a.site
left join (select entity, min(country) as country from entity group by entity) as n on n.entity = a.entity
left join entity_sector as h on h.entity = a.entity
where (a.month >= $starts and a.month < $ends) or (a.month >= $before_starts and a.month < $before_ends)
order by a.source_id, a.file_no, a.row_no, a.activity_id
