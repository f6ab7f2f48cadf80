-- Energy consumed, MWh, fuels at net calorific value: rows that count, are energy and are not a market-basis double.
create table activity_energy as
select a.activity_id, min(c.multiplier) as multiplier, min(e.from_unit) as energy_unit, min(e.mwh_per_unit) as mwh_per_unit,
    min(cast(cast(a.quantity * c.multiplier as decimal(38,10)) * e.mwh_per_unit as decimal(38,12))) as mwh
from activity a
join activity_type t on t.activity_type = a.activity_type
join energy_content e on e.carrier = t.carrier
join unit_conversion c on c.from_unit = a.unit and c.to_unit = e.from_unit
where a.counts and a.quantity is not null and t.is_energy and a.basis in ('both', 'location')
group by a.activity_id;

create table energy_total as
select a.month, k.view, a.entity, a.site, coalesce(s.country, n.country, '') as country, k.scope, k.scope3_category, k.iso_category, k.energy_source, a.system,
    a.lifecycle_stage, a.role, count(*) as entries, sum(cast(e.mwh * k.share as decimal(38,12))) as mwh,
    sum(case when a.data_quality = 'measured' then cast(e.mwh * k.share as decimal(38,12)) else cast(0 as decimal(38,12)) end) as mwh_measured,
    sum(case when a.data_quality in ('estimated', 'proxy') or a.read_status in ('estimated', 'accrued') then cast(e.mwh * k.share as decimal(38,12))
        else cast(0 as decimal(38,12)) end) as mwh_estimated,
    sum(case when a.data_origin in ('own', 'supplier_specific') then cast(e.mwh * k.share as decimal(38,12)) else cast(0 as decimal(38,12)) end) as mwh_primary
from activity a
join activity_energy e on e.activity_id = a.activity_id
join classification_key k on k.activity_type = a.activity_type and k.hosting = a.hosting and k.entity = a.entity and k.month = a.month
left join site s on s.site = a.site
left join (select entity, min(country) as country from entity group by entity) n on n.entity = a.entity
where k.share <> 0
group by a.month, k.view, a.entity, a.site, coalesce(s.country, n.country, ''), k.scope, k.scope3_category, k.iso_category, k.energy_source, a.system,
    a.lifecycle_stage, a.role;
