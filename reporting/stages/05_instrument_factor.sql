-- An instrument is a supplier-specific factor of its own: its rate prices exactly the kWh matched to it (GHG Protocol Scope 2 Guidance ch. 6).
insert into factor_set -- of: instrument
select 'instruments', 'Contractual instruments of the company', 'instruments.csv', 'as filed', '', 'own', true, date '1900-01-01', '', 'AR6', date '9999-01-01',
    null, true, 0, null, '' where exists (from instrument where rate_kg_co2e_per_kwh is not null);
insert into factor -- of: instrument
select 'instruments', 'instrument.' || i.instrument_id, i.kind || ' ' || i.instrument_id, '', 'world', coalesce(i.supplier, ''), i.starts, i.ends, 'market', 'direct',
    'CO2e', rtrim(rtrim(cast(i.rate_kg_co2e_per_kwh as varchar), '0'), '.'), 'kg CO2e/kWh', i.rate_kg_co2e_per_kwh, 'kg_co2e', 'kWh', '', '', false, i.citation, i.row_no
from instrument i where i.rate_kg_co2e_per_kwh is not null;

-- By which tier of the Scope 2 Guidance, Table 6.3, an instrument prices what it covers.
create table instrument_tier as -- of: instrument
select 'instrument.' || i.instrument_id as factor_id, k.tier from instrument i join instrument_kind k on k.instrument_kind = i.kind;

-- Where an instrument may be used: the regions below its market. Areas are the markets that accept each other's instruments; a region that no row names is its
-- country's own area.
create table market_area as
with found as (
    select a.region, m.market_area, row_number() over (partition by a.region order by a.distance) as nearest
    from region_ancestor a join instrument_market m on m.region = a.ancestor
),
country as (select a.region, a.ancestor as country from region_ancestor a join region r on r.region = a.ancestor and r.kind = 'country')
select r.region, coalesce(f.market_area, c.country, r.region) as market_area
from region r left join found f on f.region = r.region and f.nearest = 1 left join country c on c.region = r.region;

-- When an instrument was generated: by its dates, else by its vintage, a year or a month.
create table instrument_generation as -- of: instrument
select instrument_id, coalesce(generation_starts, case when regexp_full_match(vintage, '\d{4}') then try_cast(vintage || '-01-01' as date)
        when regexp_full_match(vintage, '\d{4}-\d{2}') then try_cast(vintage || '-01' as date) end) as starts,
    coalesce(generation_ends, cast(case when regexp_full_match(vintage, '\d{4}') then try_cast(vintage || '-01-01' as date) + interval 1 year
        when regexp_full_match(vintage, '\d{4}-\d{2}') then try_cast(vintage || '-01' as date) + interval 1 month end as date)) as ends
from instrument;
