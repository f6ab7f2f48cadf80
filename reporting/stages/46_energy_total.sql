-- Energy consumed, MWh, fuels at net calorific value: rows that count, are energy and are not a market-basis double.
-- Decided once per type and unit; carriers have one energy content per dimension, so a unit reaches at most one of them.
create table energy_rule as
select t.activity_type, c.from_unit as unit, min(c.multiplier) as multiplier, min(e.from_unit) as energy_unit, min(e.mwh_per_unit) as mwh_per_unit
from activity_type t
join energy_content e on e.carrier = t.carrier
join unit_conversion c on c.to_unit = e.from_unit
where t.is_energy
group by t.activity_type, c.from_unit;

create view activity_energy as
with measured as (
    select a.*, r.multiplier, r.energy_unit, r.mwh_per_unit, case when r.multiplier = 1 then a.quantity else cast(a.quantity * r.multiplier as decimal(38,10)) end as energy
    from activity a
    join energy_rule r on r.activity_type = a.activity_type and r.unit = a.unit
    where a.counts and a.quantity is not null and a.basis in ('both', 'location')
)
select m.activity_id, m.activity_type, m.hosting, m.entity, m.site, m.month, m.system, m.lifecycle_stage, m.role, m.data_quality, m.data_origin, m.read_status,
    m.multiplier, m.energy_unit, m.mwh_per_unit, cast(m.energy * m.mwh_per_unit as decimal(38,12)) as mwh
from measured m;

create table energy_total as
with shared as (
    select e.*, k.view, k.scope, k.scope3_category, k.iso_category, k.energy_source, coalesce(s.country, n.country, '') as country,
        case when k.share = 1 then e.mwh else cast(e.mwh * k.share as decimal(38,12)) end as shared_mwh, coalesce(h.is_high_impact, false) as is_high_impact
    from activity_energy e
    join classification_key k on k.activity_type = e.activity_type and k.hosting = e.hosting and k.entity = e.entity and k.month = e.month
    left join site s on s.site = e.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = e.entity
    left join entity_sector h on h.entity = e.entity
    where k.share <> 0 and k.moved <> 'investment'
)
select month, view, entity, site, country, scope, scope3_category, iso_category, energy_source, is_high_impact, system, lifecycle_stage, role, count(*) as entries, sum(shared_mwh) as mwh,
    sum(case when data_quality = 'measured' then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_measured,
    sum(case when data_quality in ('estimated', 'proxy') or read_status in ('estimated', 'accrued', 'filled') then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_estimated,
    sum(case when read_status = 'filled' then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_filled,
    sum(case when data_origin in ('own', 'supplier_specific') then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_primary
from shared
group by month, view, entity, site, country, scope, scope3_category, iso_category, energy_source, is_high_impact, system, lifecycle_stage, role;
