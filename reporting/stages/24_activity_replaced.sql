-- Which fuels given by volume or mass go by energy: those that no factor prices as they are given, or that a factor of the company's own (or the pin) prices
-- by gross or net energy alone. Decided once per distinct key; the step is the nearest region's latest edition that had begun.
create table fuel_step as
with fuel_key as (
    select distinct a.activity_type, t.priced_as, t.boundary, t.carrier, a.unit, a.dimension, a.region, a.supplier, coalesce(a.factor_pin, '') as factor_pin, a.month
    from activity_counted a
    join activity_type t on t.activity_type = a.activity_type
    where a.counts and a.dimension in ('mass', 'volume') and t.carrier in (select fuel from fuel_property)
),
head as (
    select distinct f.factor_id, f.set_id, f.activity_type, f.region, f.supplier, f.valid_from, f.valid_to, f.basis, f.boundary, u.dimension, s.is_own, s.usable_until
    from factor f join factor_set s on s.set_id = f.set_id join unit u on u.unit = f.per_unit
    where u.dimension in ('mass', 'volume', 'energy_hhv', 'energy_lhv')
),
usable_head as (
    select k.*, h.dimension as factor_dimension, h.set_id, h.is_own, a.distance, case when k.month >= h.valid_to then year(k.month) - year(h.valid_to) + 1 else 0 end as years
    from fuel_key k join head h on h.activity_type = k.priced_as join region_ancestor a on a.region = k.region and a.ancestor = h.region
    where k.factor_pin = '' and k.month >= h.valid_from and k.month < h.usable_until and h.supplier in ('', k.supplier) and h.basis not in ('market', 'residual')
        and h.boundary in (k.boundary, 'lifecycle')
    union all
    select k.*, h.dimension, h.set_id, h.is_own, 0, 0 from fuel_key k join head h on h.factor_id = k.factor_pin where k.factor_pin <> ''
),
usable as (select u.* from usable_head u anti join locked_out o on o.month = u.month and o.set_id = u.set_id),
as_given as (select activity_type, unit, region, supplier, factor_pin, month, bool_or(is_own) as is_own from usable where factor_dimension = dimension group by all),
candidate as (
    select u.*, s.from_unit, s.to_unit, s.multiplier, s.rule, s.edition, s.region as step_region, a.ancestor is null as is_of_elsewhere,
        case when u.month >= s.valid_to then year(u.month) - year(s.valid_to) + 1 else 0 end as step_years,
        row_number() over (partition by u.activity_type, u.unit, u.region, u.supplier, u.factor_pin, u.month order by u.is_own desc, u.distance, u.years, u.factor_dimension,
            s.is_own desc, a.ancestor is null, a.distance, s.valid_from desc, s.region, s.edition) as place
    from usable u
    join unit x on x.dimension = u.factor_dimension
    join energy_step s on s.fuel = u.carrier and s.to_unit = x.unit and s.valid_from <= u.month
    join unit f on f.unit = s.from_unit and f.dimension = u.dimension
    left join region_ancestor a on a.region = u.region and a.ancestor = s.region
)
select c.activity_type, c.unit, c.region, c.supplier, c.factor_pin, c.month, c.from_unit, c.to_unit, c.multiplier, c.rule, c.edition, c.step_region, c.is_of_elsewhere, c.step_years
from candidate c
left join as_given g on g.activity_type = c.activity_type and g.unit = c.unit and g.region = c.region and g.supplier = c.supplier and g.factor_pin = c.factor_pin and g.month = c.month
where c.place = 1 and (g.activity_type is null or (c.is_own and not g.is_own));

-- Rows that take the place of others: IT energy becomes facility energy by the site's PUE, accelerator hours become kWh by a cited power,
-- volume or mass of a fuel becomes energy by its cited properties, money gets the price year of its row.
-- Where the policy for colocation puts the landlord's overhead in category 8, the tenant's IT energy and the overhead are two rows: PUE is applied once.
create table activity_replaced as
with policy as (select coalesce(max(value), '') as overhead from setting where name = 'colocation_overhead'),
pue as (
    select a.activity_id as parent_activity_id, a.activity_id || '~facility' as activity_id, a.* exclude (activity_id, quantity, measurement_point),
        cast(a.quantity * p.pue as decimal(38,10)) as quantity, 'facility' as measurement_point, p.pue as multiplier, 'PUE ' || p.pue || ' (' || p.kind || ')' as rule
    from activity_counted a
    join site_pue p on p.site = a.site and p.valid_from <= a.month and a.month < p.valid_to
    join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity' and t.is_energy
    where a.measurement_point = 'it' and a.counts
),
apart as (
    select p.* replace (cast(p.quantity - a.quantity as decimal(38,10)) as quantity, a.activity_id || '~overhead' as activity_id, 'colocation_overhead' as hosting,
        'overhead of ' || p.rule as rule)
    from pue p join activity_counted a on a.activity_id = p.parent_activity_id cross join policy where p.hosting = 'colocation' and policy.overhead = 'category_8'
    union all
    select p.* replace (a.quantity as quantity, a.activity_id || '~it' as activity_id, 'IT energy, the overhead of ' || p.rule || ' apart' as rule)
    from pue p join activity_counted a on a.activity_id = p.parent_activity_id cross join policy where p.hosting = 'colocation' and policy.overhead = 'category_8'
    union all
    select p.* from pue p cross join policy where p.hosting <> 'colocation' or policy.overhead <> 'category_8'
),
converted as (
    select a.activity_id as parent_activity_id, a.activity_id || '~' || r.suffix as activity_id,
        a.* exclude (activity_id, quantity, activity_type, unit, dimension, type_bases, type_scope, bases),
        cast(cast(a.quantity * c.multiplier as decimal(38,10)) * r.multiplier as decimal(38,10)) as quantity,
        r.derived_activity_type as activity_type, r.to_unit as unit, u.dimension, t.bases as type_bases, t.scope as type_scope, coalesce(h.bases, t.bases) as bases, r.citation as rule
    from activity_counted a
    join derivation_rule r on r.kind = 'replaces' and r.activity_type = a.activity_type
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = r.from_unit
    join activity_type t on t.activity_type = r.derived_activity_type
    join unit u on u.unit = r.to_unit
    left join hosting_rule h on h.carrier = t.carrier and h.hosting = a.hosting and t.scope <> ''
    where a.counts
),
burnt as (
    select a.activity_id as parent_activity_id, a.activity_id || '~energy' as activity_id, a.* exclude (activity_id, quantity, unit, dimension),
        cast(cast(a.quantity * c.multiplier as decimal(38,10)) * f.multiplier as decimal(38,10)) as quantity, f.to_unit as unit, u.dimension, f.rule
    from activity_counted a
    join fuel_step f on f.activity_type = a.activity_type and f.unit = a.unit and f.region = a.region and f.supplier = a.supplier
        and f.factor_pin = coalesce(a.factor_pin, '') and f.month = a.month
    join unit_conversion c on c.from_unit = a.unit and c.to_unit = f.from_unit
    join unit u on u.unit = f.to_unit
    where a.counts and abs(cast(a.quantity as double)) * cast(c.multiplier as double) * greatest(1, cast(f.multiplier as double)) < 1e13
),
-- Spend in a plain currency is at the prices of its own year; without that year's rate and index there is no row, and a finding says so.
priced as (
    select a.activity_id as parent_activity_id, a.activity_id || '~price_year' as activity_id, a.* exclude (activity_id, unit), m.unit,
        'prices of ' || m.price_year || ', the year of the row' as rule
    from activity_counted a
    join money_unit m on m.currency = a.unit and m.price_year = year(a.month)
    where a.counts
)
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from apart
union all by name
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from converted
union all by name
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from burnt
union all by name
select parent_activity_id, activity_id, row_activity_id, source_id, file_no, row_no, entity, site, meter, activity_type, month, period_start, period_end, quantity, unit,
    dimension, region, supplier, payer, hosting, factor_pin, data_quality, data_origin, read_status, replaces, measurement_point, system, lifecycle_stage, evidence,
    note, coverage, rank, bases, role, rule from priced;
