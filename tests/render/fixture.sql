-- An invented company for the tests of the renderers, in the shape of the output tables; hostile and awkward text on purpose.
create table setting (name varchar primary key, value varchar not null);
create table period (period varchar primary key, starts date, ends date, kind varchar, position integer);
create table view (view varchar primary key, approach varchar, gwp_set varchar);
create table entity (entity varchar, name varchar, country varchar, ownership decimal(38,9), financial_control boolean, operational_control boolean, valid_from date, valid_to date);
create table site (site varchar primary key, name varchar, entity varchar, country varchar, region varchar, area_m2 decimal(38,10));
create table framework (framework varchar primary key, title varchar, edition varchar, view varchar, position integer);
create table restatement_figure (figure_id varchar, framework varchar, label varchar, unit varchar, decimals integer, is_total boolean, old_version varchar, new_version varchar,
    old_status varchar, old_value decimal(38,12), new_status varchar, new_value decimal(38,12), causes varchar, residual decimal(38,12), position integer);
create table restatement_part (figure_id varchar, position integer, step varchar, amount decimal(38,12), level_before decimal(38,12), level_after decimal(38,12));
create table factor_set (set_id varchar primary key, publisher varchar, title varchar, edition varchar, url varchar, licence varchar, is_redistributable boolean,
    retrieved date, sha256 varchar, gwp_set varchar, usable_until date, supersedes varchar, is_own boolean, preference integer, attribution varchar, digest varchar);
create table factor (set_id varchar, factor_id varchar, label varchar, activity_type varchar, region varchar, supplier varchar, valid_from date, valid_to date,
    basis varchar, boundary varchar, gas varchar, published_value varchar, published_unit varchar, value decimal(38,14), value_as varchar, per_unit varchar,
    price_year varchar, uncertainty varchar, is_biogenic boolean, citation varchar, row_no bigint);
create table source_file (source_id varchar, file_no integer, path varchar, sheet varchar, sha256 varchar, bytes bigint, rows_read bigint);
create table exclusion (row_no bigint primary key, source_id varchar, activity_id varchar, file varchar, source_row bigint, kind varchar, reason varchar,
    estimated_t_co2e decimal(38,12), stated_by varchar, approved_by varchar, date varchar);
create table row_account (source_id varchar, file_no integer, rows_accepted bigint, rows_rejected bigint, rows_excluded bigint);
create table datapoint (framework varchar, datapoint varchar, measure varchar, scope varchar, scope3_category varchar, iso_category varchar, basis varchar,
    gas_group varchar, biogenic varchar, energy_source varchar, system varchar, lifecycle_stage varchar, role varchar, split varchar);
create table figure (figure_id varchar, framework varchar, datapoint varchar, key varchar, period varchar, view varchar, section varchar, label varchar,
    kind varchar, unit varchar, decimals integer, status varchar, value decimal(38,12), stated decimal(38,12), is_total boolean, is_mandatory boolean,
    measured_share decimal(38,12), estimated_share decimal(38,12), primary_share decimal(38,12), fallback_share decimal(38,12),
    other_gwp_share decimal(38,12), entries bigint, reason varchar, citation varchar, position integer, digest varchar);
create table ledger (entry_id varchar, activity_id varchar, parent_activity_id varchar, derivation varchar, period_start date, period_end date, month date,
    entity varchar, site varchar, meter varchar, activity_type varchar, activity_label varchar, role varchar, scope varchar, scope3_category varchar,
    iso_category varchar, country varchar, energy_source varchar, view varchar, basis varchar, gas varchar, gas_group varchar, is_biogenic boolean, activity_quantity decimal(38,10),
    activity_unit varchar, multiplier decimal(38,14), quantity decimal(38,10), factor_unit varchar, factor decimal(38,14), value_as varchar,
    gwp decimal(38,3), share decimal(38,9), kg_gas decimal(38,12), kg_co2e decimal(38,12), factor_id varchar, set_id varchar, factor_label varchar,
    factor_citation varchar, factor_publisher varchar, factor_region varchar, geography_distance integer, year_distance integer, is_fallback boolean,
    data_quality varchar, data_origin varchar, read_status varchar, system varchar, lifecycle_stage varchar, hosting varchar, supplier varchar, region varchar,
    source_id varchar, file_path varchar, sheet varchar, row_no bigint, evidence varchar, note varchar);

insert into setting values ('organisation.name', 'Sample Compute Ltd <script>alert(1)</script>'), ('organisation.lei', '5493001KJTIIGC8Y1R12'),
    ('organisation.country', 'GB'), ('preparer.name', 'A. Preparer'), ('preparer.role', 'Sustainability controller'), ('reviewer.name', 'B. Reviewer'),
    ('reviewer.role', 'Group controller'), ('approver.name', 'C. Approver'), ('approver.role', 'Chief financial officer'), ('comparative', '2026-Q2'),
    ('build.digest', '6f1d3a0c9b7e42d58c1f6a2e90b4d7f3a8c5e1b6097f2d4c8a3e5b7190d6f4c2'), ('engine.version', '0.1.0'), ('version', 'draft'),
    ('source_date_epoch', '1790000000'), ('narrative.changes_in_the_period', 'The training cluster in Leeds moved to liquid cooling in August. {{ 7*7 }} <img src="file:///etc/passwd">'),
    ('narrative.base_year', 'The base year is 2024, the first year with metered data for all sites. It is recalculated when a change of structure or method moves the total by more than 5 %.');
insert into period values ('2026-Q3', '2026-07-01', '2026-10-01', 'quarter', 1), ('2026-Q2', '2026-04-01', '2026-07-01', 'quarter', 2), ('2026', '2026-01-01', '2027-01-01', 'year', 3);
insert into view values ('operational', 'operational_control', 'AR6');
insert into entity values ('UK', 'Sample Compute Ltd', 'GB', 1, true, true, '1900-01-01', '9999-01-01'), ('US', 'Sample Compute Inc', 'US', 0.6, true, true, '1900-01-01', '9999-01-01'),
    ('IL', 'דוגמה מחשוב בע"מ', 'IL', 1, true, true, '1900-01-01', '9999-01-01');
alter table entity add column joint_financial_control boolean default false;
insert into site values ('Leeds-Lab', 'Leeds laboratory', 'UK', 'GB', 'GB', 1200), ('Ashburn-DC', 'Ashburn data centre', 'US', 'US', 'US:eGRID:SRVC', 4000), ('Haifa', 'حيفا =cmd|''/c calc''!A1', 'IL', 'IL', 'IL', null);
insert into framework values ('ghg_protocol', 'GHG Protocol Corporate Standard', '2004, with Scope 2 and Scope 3 standards', 'operational', 1),
    ('iso_14064_1_2018', 'ISO 14064-1', '2018', 'operational', 2);
alter table framework add column note varchar default '';
create temp table spec as select * from (values
    ('ghg_protocol', 'scope1', '', 'Scope 1', 'Scope 1, total', 412.345678901234, 398.2, 'stated', 10),
    ('ghg_protocol', 'scope1', 'gas=CH4', 'Scope 1', 'Scope 1, CH4', 1.2, 1.1, 'stated', 10),
    ('ghg_protocol', 'scope2_location', '', 'Scope 2', 'Scope 2, location-based', 2871.44, 2590.9, 'stated', 20),
    ('ghg_protocol', 'scope2_market', '', 'Scope 2', 'Scope 2, market-based', 1204.06, 1330.5, 'stated', 30),
    ('ghg_protocol', 'scope3', '', 'Scope 3', 'Scope 3, total', null, 9100.2, 'withheld', 40),
    ('ghg_protocol', 'scope3', 'category=1', 'Scope 3', 'Category 1, purchased goods and services', 4210.6, 4001.4, 'stated', 41),
    ('ghg_protocol', 'scope3', 'category=2', 'Scope 3', 'Category 2, capital goods', 3108.2, 2900.7, 'stated', 42),
    ('ghg_protocol', 'scope3', 'category=3', 'Scope 3', 'Category 3, fuel- and energy-related activities', 688.19, 640.02, 'stated', 43),
    ('ghg_protocol', 'scope3', 'category=4', 'Scope 3', 'Category 4, upstream transportation and distribution', 95.04, 120.5, 'stated', 44),
    ('ghg_protocol', 'scope3', 'category=5', 'Scope 3', 'Category 5, waste generated in operations', 12.31, 11.9, 'provisional', 45),
    ('ghg_protocol', 'scope3', 'category=6', 'Scope 3', 'Category 6, business travel', null, 201.3, 'withheld', 46),
    ('ghg_protocol', 'scope3', 'category=7', 'Scope 3', 'Category 7, employee commuting', null, null, 'not_reported', 47),
    ('ghg_protocol', 'scope3', 'category=8', 'Scope 3', 'Category 8, upstream leased assets', 0, 0, 'no_activity', 48),
    ('ghg_protocol', 'scope3', 'category=15', 'Scope 3', 'Category 15, investments', null, null, 'not_material', 49),
    ('ghg_protocol', 'total_location', '', 'Totals', 'Total, location-based', null, 12089.3, 'withheld', 60),
    ('ghg_protocol', 'total_market', '', 'Totals', 'Total, market-based', null, 10828.9, 'withheld', 61),
    ('ghg_protocol', 'biogenic', '', 'Outside the scopes', 'Biogenic CO2', -3.25, 2.1, 'stated', 70),
    ('iso_14064_1_2018', 'category1', '', 'Categories', 'Category 1, direct emissions and removals', 412.345678901234, 398.2, 'stated', 10),
    ('iso_14064_1_2018', 'category2', '', 'Categories', 'Category 2, imported energy', 2871.44, 2590.9, 'stated', 20),
    ('iso_14064_1_2018', 'a_datapoint_whose_name_is_so_long_that_it_has_to_wrap_somewhere_in_a_narrow_column', 'country=GB/entity=Sample-Compute-Ltd/site=Leeds-Lab', 'Categories', '=cmd|''/c calc''!A1 <b>bold</b> & "quoted"', 77.7, null, 'stated', 30)
) as t(framework, datapoint, key, section, label, now, before, status, position);
insert into figure
select framework || '/' || datapoint || case when key = '' then '' else '/' || key end, framework, datapoint, key, period, 'operational', section, label, 'sum', 'tCO2e', 1,
    status, case when status in ('withheld', 'not_reported', 'not_material') then null else v end, case when status in ('withheld', 'not_reported', 'not_material') then null else round(v, 1) end,
    key = '', key = '' and section <> 'Outside the scopes', 0.62, 0.11, 0.30, 0.07, case when datapoint = 'scope3' then 0.25 else 0 end,
    case when datapoint = 'scope1' then 24 else 60 end,
    case when status = 'withheld' then 'row 6 of travel.csv has no usable quantity (intake/quantity-not-a-number)' else '' end, framework || ', clause ' || position, position, sha256(datapoint || key || period)
from (select *, '2026-Q3' as period, cast(now as decimal(38,12)) as v from spec union all select * replace (case when before is null then 'not_reported' else 'stated' end as status), '2026-Q2', cast(before as decimal(38,12)) from spec
    union all select * replace ('stated' as status), '2026', cast(coalesce(now, 100) * 4 as decimal(38,12)) from spec);
insert into ledger
select 'meters:Leeds-gas@2026-0' || (7 + m) || '/both/' || 'desnz_gas_' || g || '/operational/' || n, 'meters:Leeds-gas@2026-0' || (7 + m), null, '', make_date(2026, 7 + m, 1), make_date(2026, 8 + m, 1),
    make_date(2026, 7 + m, 1), case n % 3 when 0 then 'UK' when 1 then 'US' else 'IL' end, case n % 3 when 0 then 'Leeds-Lab' when 1 then 'Ashburn-DC' else 'Haifa' end, 'M-1', 'natural_gas.stationary',
    case s when '1' then 'Natural gas, stationary' when '2' then 'Electricity, purchased' else 'Cloud services, purchased' end, 'inventory', s, case s when '3' then '1' else '' end, s, 'GB', 'fossil', 'operational', 'both', g, g, false, 12345.678 * (n + 1), 'kWh_hhv', 1,
    12345.678 * (n + 1), 'kWh_hhv', 0.18254, 'kg_gas', 29.8, 1, 1, case when s = '2' then 90 else 30 end * 1234.567891 * (n + 1 + m), 'desnz_gas_' || g, 'desnz_2026', 'Natural gas', 'Fuels, E23', 'Sample publisher', 'GB', case when n = 2 then 2 else 0 end,
    case when n = 2 then 1 else 0 end, n = 2, 'measured', 'own', 'actual', null, null, null, null, 'GB', 'meters', 'activity/meters.csv', '', 5 + n, null, null
from range(3) t(m), range(4) u(n), (values ('CO2'), ('CH4')) w(g), (values ('1'), ('2'), ('3')) x(s);
update ledger set entry_id = entry_id || '/' || scope;
insert into datapoint values ('ghg_protocol', 'scope1', 'kg_co2e', '1', '', '', '', '', '', '', '', '', 'inventory', '');
insert into factor_set values ('desnz_2026', 'Sample publisher', 'Conversion factors', '2026', 'https://example.org/factors', 'Open licence', true, '2026-06-10', sha256('x'), 'AR5', '2027-12-31', null, false, 1, 'Contains information of the sample publisher.', sha256('y'));
insert into factor
select 'desnz_2026', 'desnz_gas_' || g, 'Natural gas, gross calorific value', 'natural_gas.stationary', 'GB', '', '2025-01-01', '2026-01-01', '', 'direct', g, '0.18254', 'kg CO2e of ' || g || ' per kWh (Gross CV)', 0.18254, 'kg_co2e', 'kWh_hhv', '', '', false, 'Fuels, E23', 1
from (values ('CO2'), ('CH4')) w(g);
insert into source_file values ('meters', 1, 'activity/meters.csv', '', sha256('meters'), 4096, 6), ('travel', 1, 'activity/a very long folder name/travel_export_of_the_third_quarter_final_FINAL_v2.xlsx', 'Übersicht', sha256('travel'), 99123, 4);
insert into exclusion values (1, 'meters', null, null, 3, 'duplicate', 'The same invoice was exported twice', null, 'A. Preparer', 'B. Reviewer', '2026-10-04'),
    (2, 'travel', null, null, null, 'omitted', 'Refrigerant of two wall units is not recorded', 1.4, 'A. Preparer', 'B. Reviewer', '2026-10-04');
insert into row_account values ('meters', 1, 5, 0, 1), ('travel', 1, 3, 1, 0);
update figure set value = total.tonnes, stated = round(total.tonnes, 1)
from (select cast(sum(kg_co2e) * 0.001 as decimal(38,12)) as tonnes from ledger where scope = '1') as total
where figure_id = 'ghg_protocol/scope1' and period in ('2026-Q3', '2026');
create view figure_line as select 'ghg_protocol/scope1' as figure_id, l.* from ledger l where scope = '1' and role = 'inventory' and not is_biogenic;
