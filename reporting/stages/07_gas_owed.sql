-- What a set owes for each factor, by the table of the publication that its citation names (factors/gases_owed.csv, the company's own beside its sets),
-- and what is missing. `CO2:biogenic` asks for biogenic CO2, `any` for nothing in particular; a row of 0 is there. Rules of a set come before those of all sets, which a printed
-- total (CO2e) satisfies.
create table gas_owed as
with cited as (
    select distinct set_id, factor_id, activity_type, split_part(citation, ',', 1) as table_name from factor where set_id <> 'instruments'
),
place as (select distinct set_id, activity_type, table_name from cited),
rule as (
    select p.set_id, p.activity_type, p.table_name, r.given, r.gases, r.set_id as owed_by_set, r.table_name as owed_by_table
    from place p join gas_owed_rule r on p.set_id glob r.set_id and p.table_name glob r.table_name and p.activity_type glob r.activity_type
),
chosen as (
    select r.* from rule r
    left join (select distinct set_id, activity_type, table_name from rule where owed_by_set <> '*') o
        on o.set_id = r.set_id and o.activity_type = r.activity_type and o.table_name = r.table_name
    where r.owed_by_set <> '*' or o.set_id is null
)
select distinct c.set_id, c.factor_id, h.given, unnest(string_split(h.gases, ' ')) as gas, h.owed_by_set = '*' as is_general,
    case when h.owed_by_set = '*' then 'combustion of ' || c.activity_type || ' with CO2 as a gas of its own'
        else 'the table "' || c.table_name || '" of set ' || c.set_id end as owed_by
from cited c join chosen h on h.set_id = c.set_id and h.activity_type = c.activity_type and h.table_name = c.table_name;

create table gas_missing as
with present as (
    select set_id, factor_id, regexp_replace(gas, '_(fossil|biogenic)$', '') as gas from factor
    union select set_id, factor_id, gas || ':biogenic' from factor where is_biogenic
)
select o.set_id, o.factor_id, o.gas, o.owed_by, f.row_no
from gas_owed o
join (select set_id, factor_id, min(row_no) as row_no from factor group by set_id, factor_id) f on f.set_id = o.set_id and f.factor_id = o.factor_id
left join present p on p.set_id = o.set_id and p.factor_id = o.factor_id and p.gas = o.gas
left join present e on e.set_id = o.set_id and e.factor_id = o.factor_id and e.gas = 'CO2e' and o.is_general
left join present g on g.set_id = o.set_id and g.factor_id = o.factor_id and g.gas = o.given
where p.gas is null and e.gas is null and o.gas <> 'any' and (o.given = '' or g.gas is not null);
