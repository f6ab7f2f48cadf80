-- The tables that Python fills before the first stage: run settings, reference data, the user's inventory, the files as read.
-- Text from users stays VARCHAR until 20_activity.sql parses it; numbers of reference data are exact decimals.

create table setting (name varchar primary key, value varchar not null);

-- Reference data ------------------------------------------------------------------------------------------------------
create table unit (unit varchar primary key, dimension varchar not null, base_unit varchar not null,
    numerator decimal(38,0) not null, denominator decimal(38,0) not null, multiplier decimal(38,14) not null, citation varchar not null);
-- Every pair of units of one dimension: what one from_unit is in to_units, rounded to 14 decimals; pairs that rounding would damage are left out.
create table unit_conversion (from_unit varchar, to_unit varchar, multiplier decimal(38,14) not null, primary key (from_unit, to_unit));
create table unit_alias (alias varchar primary key, unit varchar not null);
-- Annual exchange rates and price indices in use, shipped or the company's own; money_unit is a currency at the prices of a year that has both.
create table deflator (currency varchar, year integer, series varchar, value varchar not null, citation varchar not null, is_own boolean not null,
    primary key (currency, year, series));
create table money_unit (unit varchar primary key, currency varchar not null, price_year integer not null, conversion varchar not null,
    is_stand_in boolean not null, is_own boolean not null);
create table region (region varchar primary key, kind varchar not null, parent varchar, name varchar);
-- Every region with itself and all its ancestors: distance 0 is the region itself.
create table region_ancestor (region varchar, ancestor varchar, distance integer, primary key (region, ancestor));
-- A view takes a set of 100 years; the other horizons are shown, never added up. kyoto_value leaves out the parts of a blend that the Protocol does not list.
create table gwp (gwp_set varchar, gas varchar, gas_group varchar, value decimal(38,3) not null, is_kyoto boolean not null,
    kyoto_value decimal(38,3) not null, horizon_years integer not null, citation varchar not null, primary key (gwp_set, gas));
create table activity_type (activity_type varchar primary key, label varchar not null, scope varchar not null, scope3_category varchar not null,
    iso_category varchar not null, dimension varchar not null, bases varchar not null, boundary varchar not null, carrier varchar not null,
    is_energy boolean not null, energy_source varchar not null, priced_as varchar not null, allows_negative boolean not null, citation varchar not null);
create table activity_type_alias (alias varchar primary key, activity_type varchar not null);
-- Hosting moves an energy carrier to another place in the inventory (bought cloud and model APIs are Scope 3 category 1).
create table hosting_rule (carrier varchar, hosting varchar, scope varchar not null, scope3_category varchar not null, iso_category varchar not null,
    bases varchar not null, citation varchar not null, primary key (carrier, hosting));
-- Between which intensities a factor is believed without asking.
create table plausible_intensity (activity_type varchar primary key, unit varchar not null, low_kg_co2e decimal(18,8) not null, high_kg_co2e decimal(18,8) not null, citation varchar not null);
-- How data quality is scored: by a word, or by a number below `below`.
create table data_quality_score (indicator varchar not null, reads varchar not null, value varchar not null, below integer, score integer not null, word varchar not null, citation varchar not null);
-- What is leased, let, franchised or shared stays in Scopes 1 and 2 (category '') or moves to a category of Scope 3, by consolidation approach.
create table tenure_rule (hosting varchar, approach varchar, scope3_category varchar not null, iso_category varchar not null, citation varchar not null,
    primary key (hosting, approach));
-- What one activity gives rise to: adds (grid losses, well-to-tank) or replaces (accelerator hours become kWh). Region '' is any.
create table derivation_rule (kind varchar, suffix varchar, activity_type varchar, region varchar, derived_activity_type varchar,
    multiplier decimal(38,14) not null, from_unit varchar not null, to_unit varchar not null,
    contained_in_boundary varchar not null, citation varchar not null, primary key (suffix, activity_type, region));
-- Energy of a carrier in MWh: net calorific value for fuels (ESRS E1 AR 32 d), so that gross and net are never mixed in one total.
create table energy_content (carrier varchar, from_unit varchar, mwh_per_unit decimal(38,14) not null, citation varchar not null, primary key (carrier, from_unit));
create table fuel_property (fuel varchar not null, property varchar not null, basis varchar not null, value decimal(38,6) not null, unit varchar not null,
    edition varchar not null, valid_from date not null, valid_to date not null, region varchar not null, citation varchar not null, is_own boolean not null);
-- Calculation methods and the operands that each multiplies: sum over addends, product over terms (11_decimal.sql to 15_method_result.sql).
create table method (method varchar primary key, title varchar not null, calculation varchar not null, unit varchar not null, scope varchar not null,
    scope3_category varchar not null, data_origin varchar not null, citation varchar not null);
create table calculation_operand (calculation varchar not null, choice varchar not null, option varchar not null, term varchar not null, addend varchar not null,
    operand varchar not null, exponent integer not null, sign integer not null, unit varchar not null, unit_in_name boolean not null, needed varchar not null,
    default_value varchar, minimum varchar, maximum varchar, same_dimension_as varchar not null, meaning varchar not null, position bigint not null);
-- Types made from others when a file names them (19_activity_family.sql), who pays for transport, and factors that are true by definition.
create table activity_type_family (pattern varchar not null, base varchar not null, base_scope varchar not null, label varchar not null, scope varchar not null,
    scope3_category varchar not null, iso_category varchar not null, allows_negative boolean not null, with_upstream boolean not null, citation varchar not null,
    energy_source varchar not null, position bigint not null);
create table payer_rule (payer varchar primary key, prefix varchar not null, moved_prefix varchar not null, citation varchar not null);
create table definitional_factor (factor_id varchar primary key, activity_type varchar not null, gas varchar not null, value varchar not null, value_as varchar not null,
    per_unit varchar not null, citation varchar not null, row_no bigint not null);
create table operand_unit_name (name varchar primary key, vector varchar not null, numerator decimal(38,0) not null, denominator decimal(38,0) not null, citation varchar not null);
create table residual_mix_market (region varchar primary key, is_published boolean not null, publisher varchar, citation varchar not null);
create table instrument_kind (instrument_kind varchar primary key, label varchar not null, tier varchar not null, needs_cancellation boolean not null,
    attributes varchar not null, citation varchar not null);
create table market_tier (tier varchar primary key, position integer not null, label varchar not null, is_contractual boolean not null, citation varchar not null);
create table vintage_window (region varchar primary key, months_before_year integer not null, months_after_year integer not null, citation varchar not null);
create table hourly_limit ("limit" varchar primary key, value decimal(18,4) not null, citation varchar not null);
create table carbon_free_source (energy_source varchar primary key, citation varchar not null);
-- Sub-categories of ISO 14064-1; the first row that fits a line names it (scope3_category and pattern may be '', any).
create table iso_subcategory (iso_category varchar not null, scope3_category varchar not null, pattern varchar not null, subcategory varchar not null, label varchar not null,
    citation varchar not null, position integer primary key);
-- The energy mix of ESRS E1-5: to which group a fuel belongs, where the energy of an instrument comes from, and which sectors have a high climate impact.
create table fuel_group (carrier varchar primary key, fuel_group varchar not null, citation varchar not null);
create table energy_source (energy_source varchar primary key, origin varchar not null, citation varchar not null);
create table nace_code (nace_revision varchar, code varchar, section varchar not null, section_of_revision_2 varchar not null, is_high_impact boolean not null,
    citation varchar not null, primary key (nace_revision, code));
create table instrument_market (region varchar primary key, market_area varchar not null, citation varchar not null);
-- Airports and countries by their codes, filled where a connector asks for them (`-- places:` in its header); a city code stands for several airports.
create table airport (airport varchar primary key, name varchar not null, country varchar not null, latitude decimal(9,6) not null, longitude decimal(9,6) not null, citation varchar not null);
create table airport_city (city varchar primary key, airports varchar not null);
create table country (country varchar primary key, alpha_3 varchar not null, names varchar[] not null, citation varchar not null);
create table factor_set (set_id varchar primary key, publisher varchar not null, title varchar not null, edition varchar not null, url varchar not null,
    licence varchar not null, is_redistributable boolean not null, retrieved date not null, sha256 varchar not null, gwp_set varchar not null,
    usable_until date not null, supersedes varchar, is_own boolean not null, preference integer not null, attribution varchar, digest varchar not null);
create table factor (set_id varchar not null, factor_id varchar not null, label varchar not null, activity_type varchar not null, region varchar not null,
    supplier varchar not null, valid_from date not null, valid_to date not null, basis varchar not null, boundary varchar not null, gas varchar not null,
    published_value varchar not null, published_unit varchar not null, value decimal(38,14) not null, value_as varchar not null, per_unit varchar not null,
    price_year varchar not null, uncertainty varchar not null, is_biogenic boolean not null, citation varchar not null, row_no bigint not null);
-- What a set owes by table of the publication, and the digests of released files beside those found.
create table gas_owed_rule (set_id varchar not null, table_name varchar not null, activity_type varchar not null, given varchar not null, gases varchar not null,
    citation varchar not null);
create table released_file (set_id varchar not null, file varchar not null, released varchar not null, found varchar not null);
-- note: what an edition says of itself wherever it is printed; framework_period: the forms of a period that it gives figures for.
create table framework (framework varchar primary key, title varchar not null, edition varchar not null, view varchar not null, position integer not null,
    note varchar not null);
create table framework_period (framework varchar, kind varchar, primary key (framework, kind));
create table datapoint (framework varchar not null, datapoint varchar not null, section varchar not null, label varchar not null, kind varchar not null,
    measure varchar not null, unit varchar not null, decimals integer not null, scope varchar not null, scope3_category varchar not null,
    iso_category varchar not null, basis varchar not null, gas_group varchar not null, biogenic varchar not null, energy_source varchar not null,
    system varchar not null, lifecycle_stage varchar not null, role varchar not null, split varchar not null, numerator varchar not null,
    denominator varchar not null, factor decimal(38,6) not null, input varchar not null, is_mandatory boolean not null, is_total boolean not null,
    citation varchar not null, position integer not null, answer varchar not null, applies varchar not null, primary key (framework, datapoint));

-- The inventory -------------------------------------------------------------------------------------------------------
create table period (period varchar primary key, starts date not null, ends date not null, kind varchar not null, is_disclosed boolean not null,
    position integer not null);
create table scope3_category (category varchar primary key, status varchar not null, reason varchar not null, label varchar not null);
create table view (view varchar primary key, approach varchar not null, gwp_set varchar not null);
create table entity (entity varchar not null, name varchar not null, country varchar, ownership decimal(38,9) not null, financial_control boolean not null,
    operational_control boolean not null, valid_from date not null, valid_to date not null, joint_financial_control boolean not null default false,
    investment varchar not null default 'derived', primary key (entity, valid_from));
-- The sector of an entity: its own NACE code, else the organisation's; is_high_impact is null where neither is given.
create table entity_sector (entity varchar primary key, nace varchar not null, section varchar not null, section_of_revision_2 varchar not null, is_high_impact boolean);
create table site (site varchar primary key, name varchar not null, entity varchar not null, country varchar not null, region varchar not null, area_m2 decimal(38,10),
    tenure varchar not null default 'own');
create table site_pue (site varchar, pue decimal(38,10) not null, kind varchar not null, valid_from date not null, valid_to date not null, citation varchar, primary key (site, valid_from));
create table meter (meter varchar primary key, site varchar not null, carrier varchar not null);
create table system (system varchar primary key, name varchar not null, functional_unit varchar not null, boundary varchar not null default '');
create table input (name varchar, period varchar, key varchar, value decimal(38,12), text varchar, unit varchar, source varchar, primary key (name, period, key));
-- The instrument ledger; '' where a text is not given. starts to ends: the consumption that it covers; generation_starts to generation_ends: when it was generated.
-- Uncertainty of activity data by class of data quality, as the user declares it; what is not declared has none.
create table class_uncertainty (data_quality varchar primary key, uncertainty varchar not null);
create table instrument (instrument_id varchar primary key, kind varchar not null, market varchar not null, supplier varchar, starts date not null,
    ends date not null, vintage varchar not null, volume decimal(38,10) not null, unit varchar not null, rate_kg_co2e_per_kwh decimal(38,14),
    energy_source varchar not null, status varchar not null, certificate varchar not null, citation varchar not null, row_no bigint not null,
    entity varchar not null, site varchar not null, meter varchar not null, technology varchar not null, tracking_system varchar not null,
    serial_first hugeint, serial_last hugeint, generated_in varchar not null, generation_starts date, generation_ends date, cancelled_on date,
    beneficiary varchar not null, attributes varchar not null, nuclear_share decimal(18,9), renewable_share decimal(18,9));

-- The register of carbon credits; '' where a text is not given. Outside of all scopes: nothing that is multiplied or added up to emissions reads it.
create table carbon_credit (credit_id varchar primary key, status varchar not null, kind varchar not null, sink varchar not null, t_co2e decimal(38,12) not null,
    standard varchar not null, is_recognised boolean not null, registry varchar not null, project varchar not null, project_type varchar not null, region varchar not null,
    vintage integer not null, is_adjusted boolean not null, acquired_on date not null, retired_on date, claimed_for varchar not null, claimed_starts date, claimed_ends date, retirement_id varchar not null,
    beneficiary varchar not null, serial_first hugeint, serial_last hugeint, planned_for varchar not null, citation varchar not null, row_no bigint not null);

-- Time: gaps that are filled, assets, closed periods, explanations, base year, targets ---------------------------------------------------
-- A filled month is sum of its basis x top // bottom; basis_month and basis_site are the cells that it rests on.
create table fill (fill_id varchar, month date, method varchar not null, site varchar not null, meter varchar not null, activity_type varchar not null,
    top hugeint not null, bottom hugeint not null, reason varchar not null, stated_by varchar not null, source varchar not null, primary key (fill_id, month));
create table fill_basis (fill_id varchar, month date, basis_site varchar, basis_month date, primary key (fill_id, month, basis_site, basis_month));
create table asset (asset varchar, name varchar not null, kind varchar not null, site varchar not null, meter varchar not null, activity_type varchar,
    valid_from date not null, valid_to date not null, primary key (asset, activity_type));
-- A change of the base year's tonnes of a figure; a base year is one row, none where the inventory declares none.
create table base_year (period varchar primary key, starts date not null, ends date not null, threshold decimal(18,9) not null, reason varchar not null, policy varchar not null);
create table base_year_event_kind (kind varchar primary key, is_trigger boolean not null, label varchar not null, citation varchar not null);
create table base_year_event (row_no bigint primary key, event varchar not null, date date not null, kind varchar not null, figure varchar not null,
    t_co2e decimal(38,12) not null, reason varchar not null, stated_by varchar not null);
-- coverage: the share of the figures' base year that the target covers, null where it is not said.
create table target (target varchar, figure varchar, ends date not null, period varchar not null, reduction decimal(18,9), value decimal(38,12), source varchar not null,
    coverage decimal(18,9), primary key (target, figure));
create table closed_figure (period varchar, figure varchar, value decimal(38,12) not null, source varchar not null, reason varchar not null,
    year_starts date not null, year_ends date not null, primary key (period, figure));
-- True-ups of a closed period that an earlier report has already stated.
create table trued_up (closed_period varchar, period varchar, starts date not null, figure varchar, value decimal(38,12) not null, primary key (closed_period, period, figure));
create table known_framework (framework varchar primary key);
create table explanation (figure varchar, period varchar, text varchar not null, primary key (figure, period));

-- Hourly series: loads are read in place through the view hourly_reading, which the intake replaces; microsecond is the start of an interval since 1970, UTC.
create table hourly_series (series integer primary key, role varchar not null, key varchar not null, kind varchar not null, unit varchar not null,
    multiplier decimal(38,14) not null, source_id varchar not null, path varchar not null, citation varchar not null, fill varchar not null, minutes bigint not null,
    site varchar not null);
create table hourly_file (series integer, file_no integer, path varchar not null, sha256 varchar not null, bytes bigint not null, primary key (series, file_no));
create table hourly_value (series integer, file_no integer, row_no bigint, value decimal(18,8), total decimal(18,4), microsecond bigint);
-- The fuels of a generation mix and what each is priced at; g_per_kwh NULL: no factor. origin: own (mix_factors), published (of the region's country), stand-in (of another).
create table hourly_mix (series integer, fuel varchar, g_per_kwh decimal(18,6), origin varchar not null, region varchar not null, citation varchar not null,
    primary key (series, fuel));
-- Hours that a publisher has estimated itself.
create table hourly_estimated (series integer, microsecond bigint, primary key (series, microsecond));
create view hourly_reading as select 0 as series, 0 as file_no, 0::bigint as row_no, '' as meter, null::decimal(18,8) as value, null::decimal(18,4) as total, 0::bigint as microsecond
    where false;

-- Files as read -------------------------------------------------------------------------------------------------------
create table source (source_id varchar primary key, connector varchar not null, rank varchar not null, data_quality varchar not null, data_origin varchar not null,
    tolerance_kg decimal(38,12), position integer not null);
create table source_covers (source_id varchar, figure varchar, primary key (source_id, figure));
create table source_file (source_id varchar, file_no integer, path varchar not null, sheet varchar not null, sha256 varchar not null, bytes bigint not null,
    rows_read bigint not null, primary key (source_id, file_no));
-- Files with columns that their connector declares private, dropped or replaced by pseudonyms when they were read. `hidden_by` is what recognises the key of the
-- pseudonyms, `number` where they are numbers of this computation alone, '' where columns were dropped only.
create table private_file (source_id varchar, file_no integer, hidden_by varchar not null, primary key (source_id, file_no));
create table source_column (source_id varchar, file_no integer, position integer, name varchar, primary key (source_id, file_no, position));
create table source_row (source_id varchar not null, file_no integer not null, row_no bigint not null, cells varchar[] not null);
create table rejected_row (source_id varchar not null, file_no integer not null, row_no bigint not null, reason varchar not null, text varchar not null);
-- One part per quantity column: which column of the file feeds which activity column, and what is constant.
create table part_column (source_id varchar, part integer, target varchar, column_name varchar not null, primary key (source_id, part, target));
create table part_constant (source_id varchar, part integer, target varchar, value varchar not null, primary key (source_id, part, target));
-- What a connector declares of its columns (header of its SQL file): use required (one of each choice) | known | local_time (times without offset) | reference (its files give no activities) | lacks (what a file without a needed column is); a pattern is for LIKE, `*` being any text.
create table connector_column (connector varchar, use varchar, choice integer, pattern varchar, name varchar not null, primary key (connector, use, choice, pattern));
create table source_option (source_id varchar, name varchar, value varchar not null, primary key (source_id, name));
create table stated_total (source_id varchar, position integer, period varchar not null, activity_type varchar not null, measure varchar not null,
    value decimal(38,12) not null, unit varchar not null, tolerance decimal(38,12) not null, citation varchar not null, primary key (source_id, position));
-- Coverage: other names of what is covered, who counts by decision, and which lines of a ledger another source already holds (17_vendor_statement.sql).
create table coverage_name (name varchar primary key, coverage varchar not null);
create table role_choice (position integer primary key, coverage varchar not null, period varchar not null, starts date not null, ends date not null, source_id varchar not null,
    reason varchar not null, stated_by varchar not null);
create table memo_rule (source_id varchar, position integer, kind varchar not null, column_name varchar not null, pattern varchar not null, covered_by varchar[] not null,
    reason varchar not null, primary key (source_id, position));
create table correction (row_no bigint primary key, source_id varchar not null, activity_id varchar, file varchar, source_row bigint, column_name varchar not null,
    old varchar, new varchar, reason varchar not null, stated_by varchar not null, date varchar not null);
create table exclusion (row_no bigint primary key, source_id varchar not null, activity_id varchar, file varchar, source_row bigint, kind varchar not null, reason varchar not null,
    estimated_t_co2e decimal(38,12), stated_by varchar not null, approved_by varchar, date varchar not null);

-- Misstatements that somebody found and nobody corrected: t CO2e by which the disclosure says too much (or too little: negative).
create table misstatement (row_no bigint primary key, misstatement varchar not null, period varchar not null, scope varchar not null, scope3_category varchar not null,
    t_co2e decimal(38,12) not null, kind varchar not null, description varchar not null, reason varchar not null, stated_by varchar not null, date date not null);

-- Locks: what locked periods rested on (factors.lock) -----------------------------------------------------------------
create table lock_period (period varchar primary key, starts date not null, ends date not null);
create table lock_set (period varchar, set_id varchar, digest varchar not null, primary key (period, set_id));
create table lock_gwp (period varchar, view varchar, gwp_set varchar not null, gas varchar, value decimal(38,3) not null, primary key (period, view, gas));
create table lock_choice (period varchar not null, month date not null, activity_type varchar not null, region varchar not null, supplier varchar not null,
    factor_pin varchar not null, unit varchar not null, bases varchar not null, need varchar not null, basis varchar not null, set_id varchar not null, factor_id varchar not null);
create table lock_value (period varchar not null, set_id varchar not null, factor_id varchar not null, gas varchar not null, is_biogenic boolean not null,
    value decimal(38,14) not null, value_as varchar not null, per_unit varchar not null);

-- Disclosure beyond figures: texts, facts, what does not apply -----------------------------------------------------------
-- A narrative is a Markdown file below narratives/ or a text of inventory.yaml; fault says why it cannot be used.
create table narrative (name varchar primary key, path varchar not null, markdown varchar not null, fault varchar not null, row_no bigint);
create table narrative_reference (name varchar, figure varchar, period varchar, primary key (name, figure, period));
create table declared_datapoint (framework varchar, datapoint varchar, status varchar not null, reason varchar not null, primary key (framework, datapoint));
create table confirmation (datapoint varchar primary key, confirmed_by varchar not null, confirmed_on date not null, against varchar not null);
create table not_applicable (framework varchar, datapoint varchar, period varchar, reason varchar not null, primary key (framework, datapoint, period));
create table condition_failed (condition varchar, framework varchar, period varchar, reason varchar not null, primary key (condition, framework, period));
create table fact (fact varchar, place varchar not null, framework varchar, period varchar, status varchar not null, text varchar not null, primary key (fact, framework, period));
create table rule_result (framework varchar, period varchar, rule varchar, position integer not null, clause varchar not null, severity varchar not null, wording varchar not null,
    status varchar not null, detail varchar not null, fix varchar not null, primary key (framework, period, rule));

-- Restatement: how the figures of a period got here from the version before (reporting/evidence/restatement.py); filled for the documents alone, after everything is computed.
create table restatement_figure (figure_id varchar primary key, framework varchar not null, label varchar not null, unit varchar not null, decimals integer not null, is_total boolean not null,
    old_version varchar not null, new_version varchar not null, old_status varchar not null, old_value decimal(38,12), new_status varchar not null, new_value decimal(38,12),
    causes varchar not null, residual decimal(38,12) not null, position integer not null);
create table restatement_part (figure_id varchar, position integer, step varchar not null, amount decimal(38,12) not null, level_before decimal(38,12) not null, level_after decimal(38,12) not null,
    primary key (figure_id, position));
create table restatement_change (position integer primary key, cause varchar not null, subject varchar not null, old varchar not null, new varchar not null);
create table restatement_row (position integer primary key, figure_id varchar not null, cause varchar not null, file varchar not null, row_no bigint, activity_id varchar not null,
    old_quantity varchar not null, new_quantity varchar not null, unit varchar not null, amount decimal(38,12) not null);
create table restatement_test (figure_id varchar primary key, decision varchar not null, is_reached boolean not null);

-- Findings ------------------------------------------------------------------------------------------------------------
-- source_id, file_no and row_no point to a source row where there is one; subject is the activity_id, figure_id or other key.
create table finding (rule varchar not null, severity varchar not null, source_id varchar, file_no integer, row_no bigint, subject varchar not null,
    basis varchar not null, message varchar not null, fix varchar not null, citation varchar not null);

-- Exact division to 10 decimals, toward zero: decimals divide as binary floating point in the engine.
create macro scaled_quotient(top, bottom) as cast(cast((cast(cast(top as decimal(38,12)) * 1000000000000 as hugeint) * 10000000000)
    // cast(cast(bottom as decimal(38,12)) * 1000000000000 as hugeint) as decimal(38,0)) * 0.0000000001 as decimal(38,10));

-- The register of published versions: its lines, what is not as it was written, and the latest version of each period with its figures and what changed since.
create table register_event (number bigint primary key, event varchar not null, period varchar not null, version varchar not null, digest varchar not null,
    name varchar not null, role varchar not null, reason varchar not null, date date not null);
create table register_fault (row_no bigint, file varchar not null, message varchar not null);
create table published_version (period varchar primary key, version varchar not null, digest varchar not null, row_no bigint not null);
create table published_figure (period varchar, figure_id varchar, framework varchar not null, status varchar not null, value decimal(38,12), stated decimal(38,12),
    unit varchar not null, decimals integer not null, primary key (period, figure_id));
create table published_change (period varchar, path varchar, change varchar not null, primary key (period, path));
