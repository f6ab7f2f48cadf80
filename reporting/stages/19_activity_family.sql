-- Activity types that are another type in another place of the inventory: freight that a customer pays for, fuel burnt in sold products, waste of sold products,
-- emissions that a supplier or investee states. Only those that a file names are made; each is priced as the type that it is made from.
-- Who pays decides between the categories 4 and 9 (GHG Protocol Scope 3 Standard, Table 5.4).
update activity_input i set activity_type = r.moved_prefix || substr(n.activity_type, length(r.prefix) + 1)
from payer_rule r join (select activity_type as name, activity_type from activity_type union all select alias, activity_type from activity_type_alias) n on starts_with(n.activity_type, r.prefix)
where i.payer is not null and i.payer = r.payer and r.prefix <> r.moved_prefix and n.name in (i.activity_type, lower(i.activity_type));

create table family_type as
with named as (
    select distinct activity_type as name from activity_input i
    where activity_type is not null and not exists (from activity_type t where t.activity_type = i.activity_type) and not exists (from activity_type_alias a where a.alias = lower(i.activity_type))
),
made as (
    select n.name, f.*, regexp_replace(n.name, f.pattern, f.base) as base_type, row_number() over (partition by n.name order by f.position) as place
    from named n join activity_type_family f on regexp_matches(n.name, f.pattern)
    join activity_type b on b.activity_type = regexp_replace(n.name, f.pattern, f.base) and f.base_scope in ('', b.scope)
)
select name as activity_type, base_type, label, scope, scope3_category, iso_category, allows_negative, with_upstream, citation, energy_source from made where place = 1;

-- What a made type gives rise to, where it keeps that: upstream emissions of freight.
insert into family_type -- of: family_type
select f.activity_type || substr(d.derived_activity_type, length(f.base_type) + 1), d.derived_activity_type, f.label, f.scope, f.scope3_category, f.iso_category, false, false, f.citation, ''
from family_type f join derivation_rule d on d.activity_type = f.base_type and d.kind = 'adds' and starts_with(d.derived_activity_type, f.base_type || '.')
where f.with_upstream;
insert into derivation_rule by name -- of: family_type
select d.kind, d.suffix, f.activity_type, d.region, f.activity_type || substr(d.derived_activity_type, length(f.base_type) + 1) as derived_activity_type, d.multiplier, d.from_unit,
    d.to_unit, d.contained_in_boundary, f.citation
from family_type f join derivation_rule d on d.activity_type = f.base_type and d.kind = 'adds' and starts_with(d.derived_activity_type, f.base_type || '.')
where f.with_upstream;
insert into activity_type by name -- of: family_type
select f.activity_type, f.label || b.label as label, f.scope, f.scope3_category, f.iso_category, b.dimension, 'single' as bases, b.boundary, '' as carrier, false as is_energy,
    f.energy_source, b.priced_as, f.allows_negative, f.citation
from family_type f join activity_type b on b.activity_type = f.base_type;

-- Factors that are true by definition, where a file names a type that they price: what is stated in CO2e, and energy for which nothing is burnt.
insert into factor
select 'definitions', d.factor_id, t.label, d.activity_type, 'world', '', date '1900-01-01', date '9999-01-01', '', t.boundary, d.gas, d.value, d.value || ' ' || d.value_as || '/' || d.per_unit,
    cast(d.value as decimal(38,14)), d.value_as, d.per_unit, '', '', false, d.citation, d.row_no
from definitional_factor d join activity_type t on t.activity_type = d.activity_type
where d.activity_type in (select t.priced_as from activity_input i join activity_type t on t.activity_type = i.activity_type);
insert into factor_set
select 'definitions', 'the engine', 'Factors that are true by definition', '1', '', 'public domain', true, date '2026-11-25', '', 'a set that nobody states', date '9999-01-01', null, false, 9, null, ''
where exists (from factor where set_id = 'definitions');
