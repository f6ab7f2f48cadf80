-- Scope, categories and weight of every activity in every view. Decided once per distinct key; the weight is the view's, not the activity's
-- (GHG Protocol Corporate Standard ch. 3: equity share by economic interest, control approaches 1 or 0).
create table classification_key as
select k.activity_type, k.hosting, k.entity, k.month, v.view, v.gwp_set,
    case when t.scope = '' then '' else coalesce(h.scope, t.scope) end as scope,
    case when t.scope = '' then '' else coalesce(h.scope3_category, t.scope3_category) end as scope3_category,
    case when t.scope = '' then '' else coalesce(h.iso_category, t.iso_category) end as iso_category,
    t.label as activity_label, t.is_energy, t.energy_source,
    cast(case v.approach when 'equity_share' then e.ownership when 'financial_control' then case when e.financial_control then 1 else 0 end
        else case when e.operational_control then 1 else 0 end end as decimal(38,9)) as share
from (select distinct activity_type, hosting, entity, month from activity) k
cross join view v
join activity_type t on t.activity_type = k.activity_type
join entity e on e.entity = k.entity and e.valid_from <= k.month and k.month < e.valid_to
left join hosting_rule h on h.carrier = t.carrier and h.hosting = k.hosting;

create view classification as
select a.activity_id, k.view, k.scope, k.scope3_category, k.iso_category, k.share
from activity a join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month;
