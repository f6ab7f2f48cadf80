-- Scope, categories and weight of every activity in every view. Decided once per distinct key; the weight is the view's, not the activity's
-- (GHG Protocol Corporate Standard ch. 3: equity share by economic interest, control approaches 1 or 0, joint financial control by economic interest).
-- moved: Scope 1 and 2 activity that a view reports in Scope 3. `investment`: of an entity that a control approach leaves out, in category 15 by the interest
-- (Scope 3 Standard Box 5.1); `tenure`: leased, let, franchised or shared, by standards/tenure_rules.csv. What the owner of such a place burns upstream
-- (category 3) is then nobody's of ours. Moved energy is taken location-based: it is in every total once (38_entry_price.sql).
create table classification_key as
with placed as (
    select k.activity_type, k.hosting, k.entity, k.month, v.view, v.gwp_set,
        case when t.scope = '' then '' else coalesce(h.scope, t.scope) end as scope,
        case when t.scope = '' then '' else coalesce(h.scope3_category, t.scope3_category) end as scope3_category,
        case when t.scope = '' then '' else coalesce(h.iso_category, t.iso_category) end as iso_category,
        t.label as activity_label, t.is_energy, t.energy_source, coalesce(r.scope3_category, '') as tenure_category, coalesce(r.iso_category, '') as tenure_iso_category,
        e.ownership, e.investment,
        case when v.approach = 'equity_share' or (v.approach = 'financial_control' and e.joint_financial_control) then e.ownership
            when (v.approach = 'financial_control' and e.financial_control) or (v.approach = 'operational_control' and e.operational_control) then 1
            else 0 end as weight
    from (select distinct activity_type, hosting, entity, month from activity) k
    cross join view v
    join activity_type t on t.activity_type = k.activity_type
    join entity e on e.entity = k.entity and e.valid_from <= k.month and k.month < e.valid_to
    left join hosting_rule h on h.carrier = t.carrier and h.hosting = k.hosting
    left join tenure_rule r on r.hosting = k.hosting and r.approach = v.approach
),
moved as (
    select p.*, case when p.scope not in ('1', '2') then '' when p.tenure_category <> '' then case when p.weight <> 0 then 'tenure' else '' end
        when p.weight = 0 and p.ownership > 0 and p.investment = 'derived' then 'investment' else '' end as moved
    from placed p
)
select m.activity_type, m.hosting, m.entity, m.month, m.view, m.gwp_set, case when m.moved = '' then m.scope else '3' end as scope,
    case m.moved when 'investment' then '15' when 'tenure' then m.tenure_category else m.scope3_category end as scope3_category,
    case m.moved when 'investment' then '5' when 'tenure' then m.tenure_iso_category else m.iso_category end as iso_category,
    m.activity_label, m.is_energy, m.energy_source,
    cast(case when m.moved = 'investment' then m.ownership when m.tenure_category <> '' and m.scope3_category = '3' then 0 else m.weight end as decimal(38,9)) as share,
    m.moved
from moved m;

create view classification as
select a.activity_id, k.view, k.scope, k.scope3_category, k.iso_category, k.share, k.moved
from activity a join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month;
