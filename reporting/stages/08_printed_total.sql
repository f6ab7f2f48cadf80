-- A CO2e row beside the gases of a factor: what is printed as total, what its parts add up to under the set's own GWP set, and how far printed digits let them differ.
-- Printed figures are scaled like the printed CO2 (kg against t or g); half of the last printed digit of each value, scaled and weighted alike, is what rounding explains
-- (a bare 0 is exact).
-- Not a total is a CO2e row that the table owes beside gases (gas_owed): a part of its own.
create table factor_printed_total as
with mixed as (
    select f.set_id, f.factor_id from factor f
    left join gas_owed o on o.set_id = f.set_id and o.factor_id = f.factor_id and o.gas = 'CO2e'
    where not f.is_biogenic and o.gas is null
    group by f.set_id, f.factor_id having count(case when f.gas = 'CO2e' then 1 end) > 0 and count(case when f.gas <> 'CO2e' then 1 end) > 0
),
part as (
    select f.set_id, f.factor_id, f.gas, f.row_no, f.value, coalesce(try_cast(f.published_value as decimal(38,14)), f.value) as printed,
        case when f.value_as = 'kg_co2e' then cast(1 as decimal(38,3)) else g.value end as gwp,
        length(regexp_extract(lower(f.published_value), '^[-+]?[0-9]*[.]([0-9]*)', 1)) - coalesce(try_cast(regexp_extract(lower(f.published_value), 'e([-+]?[0-9]+)$', 1) as integer), 0) as decimals
    from factor f join mixed m on m.set_id = f.set_id and m.factor_id = f.factor_id
    join factor_set s on s.set_id = f.set_id
    left join gwp g on g.gwp_set = s.gwp_set and g.gas = f.gas
    where not f.is_biogenic
),
scaled as (
    select p.*, case when p.printed = 0 and p.decimals = 0 then cast(0 as decimal(38,14)) when p.decimals between 0 and 13 then cast('0.' || repeat('0', cast(p.decimals as integer)) || '5' as decimal(38,14))
            when p.decimals < 0 and p.decimals > -12 then cast('5' || repeat('0', cast(-p.decimals - 1 as integer)) as decimal(38,14)) else cast(0 as decimal(38,14)) end as half,
        case when p.printed <> 0 then scaled_quotient(p.value, p.printed) end as scale
    from part p
),
reference as (
    select set_id, factor_id, arg_min(scale, case when gas = 'CO2' then '' else gas end) as scale from scaled where gas <> 'CO2e' and scale is not null group by set_id, factor_id
)
select t.set_id, t.factor_id, t.row_no, t.value, cast(t.printed * coalesce(r.scale, 1) as decimal(38,12)) as printed, g.amount as gases, cast(g.amount + t.value as decimal(38,12)) as added,
    cast(t.half * coalesce(r.scale, 1) + abs(t.printed) * 0.0000000001 as decimal(38,12)) + g.allowed as allowed
from scaled t
left join reference r on r.set_id = t.set_id and r.factor_id = t.factor_id
join (select p.set_id, p.factor_id, sum(cast(p.value * p.gwp as decimal(38,12))) as amount,
        sum(cast(cast(p.half * coalesce(p.scale, x.scale, 1) as decimal(38,12)) * p.gwp as decimal(38,12))) as allowed
    from scaled p left join reference x on x.set_id = p.set_id and x.factor_id = p.factor_id where p.gas <> 'CO2e' group by p.set_id, p.factor_id) g
    on g.set_id = t.set_id and g.factor_id = t.factor_id
where t.gas = 'CO2e';
