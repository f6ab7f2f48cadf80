-- Energy by where it comes from (ESRS E1 37 to 39), on the market basis, net calorific value: fuels by group, own generation, and purchased energy by its contract.
-- Purchased energy is renewable only as far as an instrument says so (AR 32 j). What no contract covers is nuclear by the share of the country's generation
-- and otherwise fossil; heat, steam, cooling and compressed air without an instrument are fossil. What a contract does not say is not known, and what it
-- might belong to is withheld (52_figure_damage.sql). Only made where a framework asks for it.
create table national_mix as
with wanted as (select distinct region, year(month) as year from activity where bases = 'dual' and counts and exists (select 1 from datapoint where measure in ('mwh_mix', 'mwh_binding'))),
ranked as (
    select w.region, w.year, m.region as mix_region, m.year as mix_year, cast(m.nuclear_share as decimal(18,9)) as nuclear_share, cast(m.renewable_share as decimal(18,9)) as renewable_share,
        m.citation, row_number() over (partition by w.region, w.year order by r.distance, m.year desc) as rank
    from wanted w join region_ancestor r on r.region = w.region join grid_mix m on m.region = r.ancestor and m.year <= w.year
)
select region, year, mix_region, mix_year, nuclear_share, renewable_share, citation from ranked where rank = 1;

-- One row per activity: what the contract, the country or the fuel says of it.
create table energy_evidence as
with tier as (select distinct activity_type, region, supplier, factor_pin, unit, interval_start, bases, need, market_tier from price where basis = 'market'),
source as (select 'instrument.' || i.instrument_id as factor_pin, i.instrument_id, coalesce(s.origin, 'mixed') as origin, i.nuclear_share, i.renewable_share
    from instrument i left join energy_source s on s.energy_source = i.energy_source),
used as (
    select a.activity_id, a.activity_type, a.hosting, a.entity, a.site, a.month, a.region, a.supplier, a.system, a.lifecycle_stage, a.role, a.data_quality, a.data_origin, a.read_status,
        a.factor_pin, a.unit, a.bases, a.basis, t.carrier, r.multiplier, r.energy_unit, r.mwh_per_unit,
        case when r.multiplier = 1 then a.quantity else cast(a.quantity * r.multiplier as decimal(38,10)) end as energy, g.fuel_group, t.energy_source
    from activity a
    join activity_type t on t.activity_type = a.activity_type
    join energy_rule r on r.activity_type = a.activity_type and r.unit = a.unit
    left join fuel_group g on g.carrier = t.carrier
    where a.counts and a.quantity is not null and a.basis in ('both', 'market') and exists (select 1 from datapoint where measure in ('mwh_mix', 'mwh_binding'))
)
select u.activity_id, u.activity_type, u.hosting, u.entity, u.site, u.month, u.region, u.system, u.lifecycle_stage, u.role, u.data_quality, u.data_origin, u.read_status, u.carrier, u.multiplier,
    u.energy_unit, u.mwh_per_unit, cast(u.energy * u.mwh_per_unit as decimal(38,12)) as mwh,
    case when m.is_contractual and m.tier = 'certificate' then 'unbundled' when m.is_contractual then 'bundled' else 'none' end as binding,
    case when u.fuel_group is not null then u.fuel_group when u.energy_source = 'renewable' then 'self_renewable' when i.origin = 'mixed' and i.nuclear_share is null then 'purchased_not_known'
        when i.origin = 'mixed' then 'split' when i.origin is not null then 'purchased_' || i.origin when u.carrier <> 'electricity' then 'purchased_fossil'
        when t.market_tier = 'supplier' then 'purchased_not_known' when n.region is null then 'purchased_not_renewable' else 'split' end as origin,
    case when i.origin = 'mixed' then i.nuclear_share when i.origin is null then n.nuclear_share end as nuclear_share,
    case when i.origin = 'mixed' then i.renewable_share else cast(0 as decimal(18,9)) end as renewable_share,
    case when i.instrument_id is not null then 'instrument:' || i.instrument_id when u.fuel_group is not null or u.energy_source = 'renewable' then 'fuel:' || u.carrier
        when u.carrier <> 'electricity' then 'carrier:' || u.carrier when t.market_tier = 'supplier' then 'supplier:' || u.supplier else 'region:' || u.region end as evidence,
    case when i.instrument_id is null and u.fuel_group is null and u.energy_source <> 'renewable' and u.carrier = 'electricity' and coalesce(t.market_tier, '') <> 'supplier'
        then n.renewable_share end as unclaimed_share
from used u
left join source i on i.factor_pin = u.factor_pin
left join month_interval v on v.month = u.month
left join tier t on t.activity_type = u.activity_type and t.region = u.region and t.supplier = u.supplier and t.factor_pin = u.factor_pin and t.unit = u.unit
    and t.interval_start = v.interval_start and t.bases = u.bases and t.need = u.basis
left join market_tier m on m.tier = t.market_tier
left join national_mix n on n.region = u.region and n.year = year(u.month);

-- One row per activity and origin; the parts of a row add up to it exactly.
create view energy_origin as
with cut as (
    select e.*, cast(mwh * nuclear_share as decimal(38,12)) as nuclear_mwh, cast(mwh * renewable_share as decimal(38,12)) as renewable_mwh
    from energy_evidence e where e.origin = 'split'
),
part as (
    select activity_id, origin, mwh from energy_evidence where origin <> 'split'
    union all
    select activity_id, 'purchased_nuclear', nuclear_mwh from cut where nuclear_mwh <> 0
    union all
    select activity_id, 'purchased_renewable', renewable_mwh from cut where renewable_mwh <> 0
    union all
    select activity_id, 'purchased_fossil', cast(mwh - nuclear_mwh - renewable_mwh as decimal(38,12)) from cut where mwh <> nuclear_mwh + renewable_mwh
)
select e.activity_id, e.activity_type, e.hosting, e.entity, e.site, e.month, e.region, e.system, e.lifecycle_stage, e.role, e.data_quality, e.data_origin, e.read_status, e.carrier, e.multiplier,
    e.energy_unit, e.mwh_per_unit, e.binding, e.evidence, case when p.origin = 'purchased_fossil' then e.unclaimed_share end as unclaimed_mix_share, e.mwh as activity_mwh, p.origin, p.mwh
from part p join energy_evidence e on e.activity_id = p.activity_id;

create table energy_mix as -- of: energy_evidence
with shared as (
    select o.*, k.view, k.scope, k.share, coalesce(s.country, n.country, '') as country, case when k.share = 1 then o.mwh else cast(o.mwh * k.share as decimal(38,12)) end as shared_mwh
    from energy_origin o
    join classification_key k on k.activity_type = o.activity_type and k.hosting = o.hosting and k.entity = o.entity and k.month = o.month
    left join site s on s.site = o.site
    left join (select entity, min(country) as country from entity group by entity) n on n.entity = o.entity
    where k.share <> 0 and k.moved <> 'investment'
)
select month, view, entity, site, country, scope, origin, binding, evidence, carrier, system, lifecycle_stage, role, count(*) as entries, cast(sum(shared_mwh) as decimal(38,12)) as mwh,
    sum(case when data_quality = 'measured' then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_measured,
    sum(case when data_quality in ('estimated', 'proxy') or read_status in ('estimated', 'accrued', 'filled') then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_estimated,
    sum(case when read_status = 'filled' then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_filled,
    sum(case when data_origin in ('own', 'supplier_specific') then shared_mwh else cast(0 as decimal(38,12)) end) as mwh_primary,
    sum(coalesce(cast(cast(activity_mwh * share as decimal(38,12)) * unclaimed_mix_share as decimal(38,12)), cast(0 as decimal(38,12)))) as mwh_unclaimed
from shared
group by month, view, entity, site, country, scope, origin, binding, evidence, carrier, system, lifecycle_stage, role;
