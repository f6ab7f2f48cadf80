-- The same factor in the edition before and the edition after: same publisher, activity type, region, supplier, basis, boundary and unit.
-- A factor of no activity type is the same where its label is the same but for the year. Change: (later - earlier) / earlier, per cent, of the CO2e under one
-- GWP set, rounded half away from zero to 2 decimals; none where the earlier is 0. Parameters: set_id, factor_id, gwp_set.
with head as (
    select distinct f.set_id, f.factor_id, f.label, regexp_replace(f.label, '(19|20)\d\d', '') as plain_label, f.activity_type, f.region, f.supplier, f.valid_from, f.basis,
        f.boundary, f.per_unit, f.price_year, s.publisher, s.title || ', ' || s.edition as publication, s.gwp_set, t.kg_co2e
    from factor f
    join factor_set s on s.set_id = f.set_id
    join factor_total t on t.set_id = f.set_id and t.factor_id = f.factor_id and t.gwp_set = $gwp_set
),
related as (
    select o.*, m.kg_co2e as own_kg_co2e, case when o.valid_from < m.valid_from then 'predecessor' else 'successor' end as relation,
        abs(date_diff('day', o.valid_from, m.valid_from)) as days, case when o.plain_label = m.plain_label then 0 else 1 end as label_rank
    from head m
    join head o on o.publisher = m.publisher and o.activity_type = m.activity_type and o.region = m.region and o.supplier = m.supplier and o.basis = m.basis
        and o.boundary = m.boundary and o.per_unit = m.per_unit and o.valid_from <> m.valid_from and (m.activity_type <> '' or o.plain_label = m.plain_label)
    where m.set_id = $set_id and m.factor_id = $factor_id
),
nearest as (select *, row_number() over (partition by relation order by days, label_rank, set_id, factor_id) as position from related),
pair as (
    select *, case relation when 'predecessor' then kg_co2e else own_kg_co2e end as earlier, case relation when 'predecessor' then own_kg_co2e else kg_co2e end as later
    from nearest where position = 1
)
select relation, factor_id, label, set_id, publication, year(valid_from) as year, gwp_set, kg_co2e as kg_co2e_per_unit, per_unit,
    case when earlier <> 0 and earlier is not null and later is not null
        then cast(round(scaled_quotient((later - earlier) * 100, earlier), 2) as decimal(38,2)) end as change_percent
from pair
order by relation
