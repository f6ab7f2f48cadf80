-- What one tonne or cubic metre of a fuel holds, gross or net, by edition and region: mass by the calorific value, volume by that and the density.
-- Gross never becomes net here, nor net gross. The product is exact where the properties have at most six decimals together.
create table energy_step as
with heat as (select *, case basis when 'gross' then 'GJ_hhv' else 'GJ_lhv' end as to_unit from fuel_property where property = 'calorific_value'),
density as (select * from fuel_property where property = 'density')
select h.fuel, 't' as from_unit, h.to_unit, cast(h.value as decimal(38,12)) as multiplier, h.region, h.valid_from, h.valid_to, h.edition, h.is_own,
    h.basis || ' calorific value ' || trim(trailing '.' from trim(trailing '0' from cast(h.value as varchar))) || ' GJ/t (' || h.citation || ')' as rule
from heat h
union all
select h.fuel, 'm3', h.to_unit, cast(h.value * d.value * 0.001 as decimal(38,12)), h.region, greatest(h.valid_from, d.valid_from), least(h.valid_to, d.valid_to), h.edition,
    h.is_own or d.is_own,
    h.basis || ' calorific value ' || trim(trailing '.' from trim(trailing '0' from cast(h.value as varchar))) || ' GJ/t (' || h.citation || ') x density '
        || trim(trailing '.' from trim(trailing '0' from cast(d.value as varchar))) || ' kg/m3 (' || d.citation || ')'
from heat h join density d on d.fuel = h.fuel and d.region = h.region and d.is_own = h.is_own and h.valid_from < d.valid_to and d.valid_from < h.valid_to;
