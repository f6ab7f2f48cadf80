-- Reference data of the product: units, regions, GWP values, activity types, derivation rules, factor sets, frameworks.
-- The variables `factors`, `standards` and `frameworks` are folders; `factor_files` lists the factors.csv of every set, the company's own included.
insert into unit_alias by name from read_csv(getvariable('factors') || '/unit_aliases.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into region by name select region, kind, parent, name
from read_csv(getvariable('factors') || '/regions.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into gwp by name select gwp_set, gas, gas_group, value, is_kyoto, kyoto_value, horizon_years, citation
from read_csv(getvariable('factors') || '/gwp.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into residual_mix_market by name select region, is_published, publisher, citation
from read_csv(getvariable('factors') || '/residual_mix_markets.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

insert into activity_type by name select activity_type, label, coalesce(scope, '') as scope, coalesce(scope3_category, '') as scope3_category,
    coalesce(iso_category, '') as iso_category, dimension, bases, coalesce(boundary, '') as boundary, coalesce(carrier, '') as carrier, is_energy,
    coalesce(energy_source, '') as energy_source, coalesce(priced_as, activity_type) as priced_as, allows_negative, citation
from read_csv(getvariable('standards') || '/activity_types.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into activity_type_alias by name select alias, activity_type
from read_csv(getvariable('standards') || '/activity_type_aliases.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into plausible_intensity by name select activity_type, unit, low_kg_co2e, high_kg_co2e, citation
from read_csv(getvariable('standards') || '/plausible_intensities.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into data_quality_score by name select indicator, reads, coalesce(value, '') as value, below, score, word, citation
from read_csv(getvariable('standards') || '/data_quality.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into tenure_rule by name select hosting, approach, coalesce(scope3_category, '') as scope3_category, coalesce(iso_category, '') as iso_category, citation
from read_csv(getvariable('standards') || '/tenure_rules.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into hosting_rule by name select carrier, hosting, scope, coalesce(scope3_category, '') as scope3_category, iso_category, bases, citation
from read_csv(getvariable('standards') || '/hosting_rules.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into instrument_kind by name select instrument_kind, label, tier, needs_cancellation, coalesce(attributes, '') as attributes, citation
from read_csv(getvariable('standards') || '/instrument_kinds.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into market_tier by name from read_csv(getvariable('standards') || '/market_tiers.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into vintage_window by name from read_csv(getvariable('standards') || '/vintage_windows.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into hourly_limit by name from read_csv(getvariable('standards') || '/hourly_limits.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into carbon_free_source by name from read_csv(getvariable('standards') || '/carbon_free_sources.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into iso_subcategory by name select iso_category, coalesce(scope3_category, '') as scope3_category, coalesce(pattern, '') as pattern, subcategory, label, citation,
    row_number() over () as position
from read_csv(getvariable('standards') || '/iso_subcategories.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into fuel_group by name from read_csv(getvariable('standards') || '/fuel_groups.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into energy_source by name from read_csv(getvariable('standards') || '/energy_sources.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into nace_code by name from read_csv(getvariable('standards') || '/nace_codes.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into instrument_market by name from read_csv(getvariable('standards') || '/instrument_markets.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into method by name select method, title, calculation, coalesce(unit, '') as unit, coalesce(scope, '') as scope, coalesce(scope3_category, '') as scope3_category,
    coalesce(data_origin, '') as data_origin, citation
from read_csv(getvariable('standards') || '/methods.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into calculation_operand by name select calculation, coalesce(choice, '') as choice, coalesce(option, '') as option, term, addend, coalesce(operand, '') as operand,
    exponent, sign, coalesce(unit, '') as unit, unit_in_name, needed, default_value, minimum, maximum, coalesce(same_dimension_as, '') as same_dimension_as, meaning, row_number() over () as position
from read_csv(getvariable('standards') || '/calculation_operands.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into activity_type_family by name select pattern, base, coalesce(base_scope, '') as base_scope, label, coalesce(scope, '') as scope,
    coalesce(scope3_category, '') as scope3_category, coalesce(iso_category, '') as iso_category, allows_negative, with_upstream, citation, coalesce(energy_source, '') as energy_source,
    row_number() over () as position
from read_csv(getvariable('standards') || '/activity_type_families.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into payer_rule by name from read_csv(getvariable('standards') || '/payer_rules.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into definitional_factor by name select *, row_number() over () + 1 as row_no from read_csv(getvariable('standards') || '/definitional_factors.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
insert into operand_unit_name by name select name, coalesce(vector, '') as vector, numerator, denominator, citation
from read_csv(getvariable('standards') || '/operand_units.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
-- A region's ancestors, itself at distance 0; `world` is everybody's last ancestor.
insert into region_ancestor
with recursive up(region, ancestor, distance) as (
    select region, region, 0 from region
    union all
    select up.region, region.parent, up.distance + 1 from up join region on region.region = up.ancestor where region.parent is not null
)
from up;

-- Factor rows as read; 04_factor.sql keeps those that pass the checks. Numbered over all files in the order of reading: a count by file alone keeps no order.
create table factor_row as
with numbered as (
    select *, row_number() over () as place
    from read_csv(getvariable('factor_files'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', filename = true, union_by_name = true)
)
select parse_path(filename)[-2] as set_id, place - min(place) over (partition by filename) + 2 as row_no, columns(* exclude (filename, place)) from numbered;
