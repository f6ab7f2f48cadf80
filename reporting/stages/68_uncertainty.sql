-- What carries stated uncertainty: ledger lines whose factor and whose activity data both do. A range is made of these alone, never of the rest.
-- Written as "10 %" (half of the 95 % range, relative) or "gsd95 1.2" (lognormal); anything else is a warning and states nothing.
create macro stated_half_range(text) as case when regexp_full_match(trim(text), '(±|\+/-)? ?[0-9]{1,2}(\.[0-9]{1,6})? ?%')
    then cast(try_cast(regexp_extract(text, '[0-9.]+') as decimal(18,6)) * 0.01 as decimal(18,8)) end;
create macro stated_gsd95(text) as case when regexp_full_match(lower(trim(text)), 'gsd95 [1-9](\.[0-9]{1,6})?') then try_cast(split_part(lower(trim(text)), ' ', 2) as decimal(18,8)) end;
-- Half of the range of a lognormal quantity, from its two ends.
create macro half_range_of(text) as coalesce(stated_half_range(text), cast((stated_gsd95(text) - 1.0::double / stated_gsd95(text)) / 2 as decimal(18,8)));

create table factor_uncertainty as
select factor_id, gas, is_biogenic, min(stated_half_range(uncertainty)) as half_range, min(stated_gsd95(uncertainty)) as gsd95
from factor where stated_half_range(uncertainty) is not null or stated_gsd95(uncertainty) is not null group by all;

create table row_uncertainty as
select source_id, file_no, row_no, max(half_range_of(uncertainty)) as half_range from activity_row where half_range_of(uncertainty) is not null group by all;

create table class_half_range as -- of: class_uncertainty
select data_quality, half_range_of(uncertainty) as half_range from class_uncertainty where half_range_of(uncertainty) is not null;

create table uncertain_line as -- of: factor_uncertainty
select e.source_id, e.file_no, e.row_no, e.factor_id, e.gas, f.half_range as factor_half_range, f.gsd95 as factor_gsd95, coalesce(r.half_range, c.half_range) as activity_half_range,
    e.month, e.view, e.entity, e.site, e.country, e.scope, e.scope3_category, e.iso_category, e.gas_group, e.basis, e.is_biogenic, e.energy_source, e.system,
    e.lifecycle_stage, e.role, e.hosting in ('cloud', 'api') as is_cloud, sum(e.kg_co2e) as kg_co2e
from entry e
join factor_uncertainty f on f.factor_id = e.factor_id and f.gas = e.gas and f.is_biogenic = e.is_biogenic
left join row_uncertainty r on r.source_id = e.source_id and r.file_no = e.file_no and r.row_no = e.row_no
left join class_half_range c on c.data_quality = e.data_quality
where coalesce(r.half_range, c.half_range) is not null and abs(e.kg_co2e) < 1000000000000  -- beyond: the squares below would leave 38 digits
group by all;

create table uncertain_part as -- of: uncertain_line
select g.figure_id, g.period, t.source_id, t.file_no, t.row_no, t.factor_id, t.gas, t.factor_half_range, t.factor_gsd95, t.activity_half_range, sum(t.kg_co2e) as kg_co2e
from figure_definition g
join selected_entry s on s.figure_id = g.figure_id
join uncertain_line t on t.view = g.view and t.month >= g.starts and t.month < g.ends
    and t.scope = s.scope and t.scope3_category = s.scope3_category and t.iso_category = s.iso_category and t.basis = s.basis and t.gas_group = s.gas_group
    and t.is_biogenic = s.is_biogenic and t.energy_source = s.energy_source and t.entity = s.entity and t.site is not distinct from s.site and t.country = s.country
    and t.system = s.system and t.lifecycle_stage = s.lifecycle_stage and t.role = s.role and t.is_cloud = s.is_cloud
where g.measure = 'kg_co2e'
group by all;

-- A factor is one cause for all its lines; the activity data of a source row are one cause for all that follows from the row, rows are independent.
create table uncertain_factor as -- of: uncertain_line
select figure_id, period, factor_id, gas, factor_half_range, factor_gsd95, sum(kg_co2e) as kg_co2e from uncertain_part group by all;

create table uncertain_activity as -- of: uncertain_line
with by_row as (
    select figure_id, period, sum(kg_co2e) as kg_co2e, cast(cast(sum(kg_co2e) as decimal(38,8)) * activity_half_range as decimal(38,4)) as width
    from uncertain_part group by figure_id, period, source_id, file_no, row_no, activity_half_range
)
select figure_id, period, sum(kg_co2e) as kg_co2e, sum(width * width) as square_width from by_row group by all;

-- Filled by reporting/ranges.py: kg CO2e covered, its relative uncertainty by approach 1, and the 95 % range of the covered part by approach 2.
create table figure_range (figure_id varchar, period varchar, covered_kg decimal(38,12) not null, half_range decimal(38,12) not null, low_kg decimal(38,12) not null,
    high_kg decimal(38,12) not null, iterations integer not null, seed bigint not null, primary key (figure_id, period));
