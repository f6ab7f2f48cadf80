-- Every factor that could price a key, ranked, with the reason for its rank. rank 1 is used; rank 0 may not be used and says why (`why-not`).
-- Order: pin; boundary asked for; own set; supplier; geography; years; set preference; factor_id. A factor wins with all its gases.
create table factor_head as
select f.factor_id, f.set_id, f.activity_type, f.region, f.supplier, f.valid_from, f.valid_to, f.basis as basis_of_factor, f.boundary, f.per_unit,
    s.is_own, s.preference, s.usable_until
from factor f join factor_set s on s.set_id = f.set_id
group by f.factor_id, f.set_id, f.activity_type, f.region, f.supplier, f.valid_from, f.valid_to, f.basis, f.boundary, f.per_unit, s.is_own, s.preference, s.usable_until;

-- Residual mixes are published for electricity; heat, and vehicles priced by distance, take the location factor on the market basis.
create table residual_rule as
select k.region, case when max(case when m.is_published then 1 else 0 end) = 1 then 'published' else 'not published' end as residual_mix
from (select distinct k.region from resolution_key k join activity_type t on t.activity_type = k.priced_as
      where k.pricing = 'market' and t.carrier = 'electricity' and t.dimension = 'energy') k
join region_ancestor a on a.region = k.region left join residual_mix_market m on m.region = a.ancestor
group by k.region;

create table resolution as
with asked as (
    -- A factor that a row names prices the basis that it is of: a contractual rate or residual mix no location basis, and an average of the grid the market basis only where neither
    -- a supplier's rate nor a residual mix does (Scope 2 Guidance ch. 6, Table 6.3). There it is `named`: the first of the averages.
    select k.*, case when m.factor_id is null then k.factor_pin else '' end as pin, case when k.pricing = 'market' and m.factor_id is not null then k.factor_pin else '' end as named
    from resolution_key k
    left join (select distinct factor_id, case when basis_of_factor = 'location' then 'market' else 'location' end as pricing from factor_head where basis_of_factor <> '') m
        on m.factor_id = k.factor_pin and m.pricing = k.pricing
),
candidate as (
    select k.resolution_key, 0 as is_pinned, 0 as is_named, a.distance as geography_distance, c.multiplier, f.factor_id
    from asked k
    join factor_head f on f.activity_type = k.priced_as
    join region_ancestor a on a.region = k.region and a.ancestor = f.region
    join unit_conversion c on c.from_unit = k.unit and c.to_unit = f.per_unit
    where k.pin = '' and f.factor_id <> k.named
    union all
    select k.resolution_key, case when k.pin = '' then 0 else 1 end, case when k.pin = '' then 1 else 0 end, coalesce(a.distance, 0), c.multiplier, f.factor_id
    from asked k
    join factor_head f on f.factor_id = coalesce(nullif(k.pin, ''), k.named)
    join unit_conversion c on c.from_unit = k.unit and c.to_unit = f.per_unit
    left join region_ancestor a on a.region = k.region and a.ancestor = f.region
    where k.pin <> '' or k.named <> ''
),
judged as (
    select c.resolution_key, c.is_pinned, c.is_named, c.geography_distance, c.multiplier, k.basis, k.pricing, k.boundary as boundary_asked, k.interval_start,
        k.supplier as supplier_asked, f.factor_id, f.set_id, f.supplier, f.valid_from, f.valid_to, f.basis_of_factor, f.boundary, f.per_unit, f.is_own,
        f.preference, f.usable_until, coalesce(r.residual_mix, '') as residual_mix, l.period as locked_period,
        case when k.interval_start >= f.valid_to then year(k.interval_start) - year(f.valid_to) + 1 else 0 end as year_distance,
        case when k.pricing = 'market' then case when c.is_pinned = 1 or (f.basis_of_factor = 'market' and f.supplier <> '') then 0
                when f.basis_of_factor = 'residual' then 1 else 2 end
            when f.boundary = k.boundary then 0 else 1 end as boundary_rank
    from candidate c
    join resolution_key k on k.resolution_key = c.resolution_key
    join factor_head f on f.factor_id = c.factor_id
    join activity_type t on t.activity_type = k.priced_as
    left join locked_interval l on l.interval_start = k.interval_start and l.set_id = f.set_id
    left join residual_rule r on r.region = k.region and k.pricing = 'market' and t.carrier = 'electricity' and t.dimension = 'energy'
),
reasoned as (
    select j.*, case
        when j.locked_period is not null then 'of a set that is not in the lock of ' || j.locked_period
        when j.is_pinned = 1 or (j.is_named = 1 and j.residual_mix <> 'published') then ''
        when j.is_named = 1 then 'a residual mix is published for this market and not loaded'
        when j.interval_start < j.valid_from then 'not yet valid'
        when j.interval_start >= j.usable_until then 'beyond its usable_until'
        when j.supplier <> '' and j.supplier <> j.supplier_asked then 'of another supplier'
        when j.boundary in ('non_baseload', 'marginal') then 'marginal and non-baseload factors enter only when pinned'
        when j.boundary <> j.boundary_asked and j.boundary <> 'lifecycle' then 'boundary ' || j.boundary || ' where ' || j.boundary_asked || ' is asked for'
        when j.pricing <> 'market' and j.basis_of_factor in ('market', 'residual') then 'for the market basis only'
        when j.pricing = 'market' and j.boundary_rank = 2 and j.residual_mix = 'published' then 'a residual mix is published for this market and not loaded'
        else '' end as obstacle
    from judged j
)
select resolution_key, basis, factor_id, set_id, per_unit, multiplier, boundary, boundary_asked, is_pinned, geography_distance, year_distance,
    case when is_pinned = 0 and is_named = 0 and (year_distance > 0 or boundary <> boundary_asked) then 1 else 0 end as is_fallback,
    case when obstacle <> '' then 0 else row_number() over (partition by resolution_key, case when obstacle = '' then 0 else 1 end
        order by is_pinned desc, boundary_rank, is_named desc, is_own desc, case when supplier <> '' then 0 else 1 end, geography_distance, year_distance, preference, factor_id) end as rank,
    case when obstacle <> '' then obstacle
        when is_pinned = 1 or is_named = 1 then 'pinned by the activity'
        else 'region distance ' || geography_distance || ', year distance ' || year_distance || case when boundary <> boundary_asked then ', boundary ' || boundary else '' end
            || case when pricing = 'market' and boundary_rank = 2 then ', grid average: no residual mix is published' else '' end end as reason
from reasoned;

-- Keys that no factor prices because the residual mix of their market is published and not loaded.
create table unloaded_residual as
select resolution_key from resolution
group by resolution_key
having max(case when rank = 1 then 1 else 0 end) = 0
    and max(case when reason = 'a residual mix is published for this market and not loaded' then 1 else 0 end) = 1;
