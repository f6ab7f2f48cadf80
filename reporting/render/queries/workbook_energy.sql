-- Energy of those months by origin, one line per activity and origin, with its weight in one view.
select e.month, e.entity, e.site, coalesce(s.country, n.country, '') as country, t.label as activity_label, case k.scope when '' then '' else 'Scope ' || k.scope end as scope,
    e.carrier, e.origin, e.binding, e.evidence, e.role, e.system, e.lifecycle_stage, a.quantity, e.multiplier, e.mwh_per_unit, e.activity_mwh, v.nuclear_share, v.renewable_share, e.mwh, v.origin = 'split' as is_part,
    case when k.moved = 'investment' then null else k.share end as share,
    case when k.share = 0 or k.moved = 'investment' then null else cast(e.mwh * k.share as decimal(38,12)) end as weighted_mwh, e.activity_id
from energy_origin e
join energy_evidence v on v.activity_id = e.activity_id
join activity a on a.activity_id = e.activity_id
join activity_type t on t.activity_type = e.activity_type
join classification_key k on k.activity_type = e.activity_type and k.hosting = e.hosting and k.entity = e.entity and k.month = e.month and k.view = $view
left join site s on s.site = e.site
left join (select entity, min(country) as country from entity group by entity) n on n.entity = e.entity
where (e.month >= $starts and e.month < $ends) or (e.month >= $before_starts and e.month < $before_ends)
order by e.activity_id, e.origin
