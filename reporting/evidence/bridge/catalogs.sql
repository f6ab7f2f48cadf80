-- Two inventories side by side in one database: each as read (given_) and as computed (run_), what is made of both (hybrid), and the comparison.
attach ':memory:' as given_old;
attach ':memory:' as given_new;
attach ':memory:' as run_old;
attach ':memory:' as run_new;
attach ':memory:' as hybrid;
attach ':memory:' as restatement;
-- The causes whose inputs are already the new ones; `all` once the last is.
create table restatement.taken (cause varchar primary key);
-- What differs in the inputs, in words, by cause: what was there, what is there now.
create table restatement.change (cause varchar, subject varchar, old varchar, new varchar);
-- What each step added to the ledger (kg_co2e, with kg of gas) and to energy (mwh), by row and by what figures select on.
create table restatement.line_change (step integer, pair_no bigint, measure varchar, view varchar, month date, entity varchar, site varchar, country varchar, scope varchar, scope3_category varchar,
    iso_category varchar, gas_group varchar, basis varchar, is_biogenic boolean, energy_source varchar, system varchar, lifecycle_stage varchar, role varchar, is_cloud boolean,
    is_of_supplier boolean, amount decimal(38,12), kg_gas decimal(38,12), old_factors varchar, new_factors varchar);
-- Which lines belong to a figure of kind sum, at either end or at any step between.
create table restatement.selected_line (measure varchar, figure_id varchar, scope varchar, scope3_category varchar, iso_category varchar, basis varchar, gas_group varchar, is_biogenic boolean,
    energy_source varchar, entity varchar, site varchar, country varchar, system varchar, lifecycle_stage varchar, role varchar, is_cloud boolean);
