-- What differs in entities, sites, views, instruments, factor sets and what inventory.yaml states, in words, by cause. One line per thing and property.
create macro restatement.main.number_text(value) as case when contains(value::varchar, '.') then rtrim(rtrim(value::varchar, '0'), '.') else value::varchar end;
create macro restatement.main.day_text(value) as case when value in (date '1900-01-01', date '0001-01-01', date '9999-12-31', date '9999-01-01') then 'open' else value::varchar end;
create table restatement.property as
with entity as (
    select 'old' as side, entity, valid_from, valid_to, ownership, financial_control, operational_control, joint_financial_control, investment from given_old.entity
    union all select 'new', entity, valid_from, valid_to, ownership, financial_control, operational_control, joint_financial_control, investment from given_new.entity
),
site as (select 'old' as side, * from given_old.site union all by name select 'new' as side, * from given_new.site),
pue as (select 'old' as side, * from given_old.site_pue union all by name select 'new' as side, * from given_new.site_pue),
view as (select 'old' as side, * from given_old.view union all by name select 'new' as side, * from given_new.view),
input as (select 'old' as side, * from given_old.input union all by name select 'new' as side, * from given_new.input),
category as (select 'old' as side, * from given_old.scope3_category union all by name select 'new' as side, * from given_new.scope3_category),
setting as (select 'old' as side, * from given_old.setting union all by name select 'new' as side, * from given_new.setting),
fill as (select 'old' as side, f.*, c.cause from given_old.fill f join restatement.fill_cause c on c.fill_id = f.fill_id and c.month = f.month
    union all by name select 'new' as side, f.*, c.cause from given_new.fill f join restatement.fill_cause c on c.fill_id = f.fill_id and c.month = f.month),
fill_basis as (select 'old' as side, f.*, c.cause from given_old.fill_basis f join restatement.fill_cause c on c.fill_id = f.fill_id and c.month = f.month
    union all by name select 'new' as side, f.*, c.cause from given_new.fill_basis f join restatement.fill_cause c on c.fill_id = f.fill_id and c.month = f.month)
select side, 'boundary' as cause, 'entity ' || entity as subject, string_agg(restatement.main.number_text(ownership * 100) || ' % owned, ' || case when joint_financial_control then 'joint financial control' when financial_control then 'financial control'
        else 'no financial control' end || ', ' || case when operational_control then 'operational control' else 'no operational control' end || ', investment ' || investment
        || ', from ' || restatement.main.day_text(valid_from) || ' to ' || restatement.main.day_text(valid_to), '; ' order by valid_from) as value
from entity group by all
union all select side, 'boundary', 'site ' || site, entity || ', ' || country || ', ' || region || coalesce(', ' || restatement.main.number_text(area_m2) || ' m2', '') from site
union all select side, 'boundary', 'meter ' || meter, site || ', ' || carrier from (select 'old' as side, * from given_old.meter union all by name select 'new' as side, * from given_new.meter)
union all select side, 'classification', 'tenure of site ' || site, tenure from site where site in (select site from given_old.site) and site in (select site from given_new.site)
union all select side, 'method', 'PUE of site ' || site, string_agg(restatement.main.number_text(pue) || ' (' || kind || ') from ' || restatement.main.day_text(valid_from) || ' to ' || restatement.main.day_text(valid_to), '; ' order by valid_from) from pue group by all
union all select side, 'boundary', 'view ' || view, replace(approach, '_', ' ') from view
union all select side, 'gwp', 'view ' || view, gwp_set from view
union all select side, 'boundary', 'framework ' || framework, 'view ' || view from (select 'old' as side, * from given_old.framework union all by name select 'new' as side, * from given_new.framework)
    where framework in (select framework from given_old.framework) and framework in (select framework from given_new.framework)
-- The same view by another name changes nothing but where it says so; its GWP set counts with the framework.
union all select side, 'gwp', 'framework ' || framework, gwp_set from (select 'old' as side, f.framework, v.gwp_set from given_old.framework f join given_old.view v on v.view = f.view
    union all by name select 'new' as side, f.framework, v.gwp_set from given_new.framework f join given_new.view v on v.view = f.view)
    where framework in (select framework from given_old.framework) and framework in (select framework from given_new.framework)
union all select side, 'method', 'framework ' || framework, title || ', ' || edition from (select 'old' as side, * from given_old.framework union all by name select 'new' as side, * from given_new.framework)
union all select side, 'input', 'input ' || name || ' of ' || period || case when key = '' then '' else ', ' || key end, coalesce(restatement.main.number_text(value), text, '') || coalesce(' ' || unit, '') from input
union all select side, 'input', 'system ' || system, functional_unit from (select 'old' as side, * from given_old.system union all by name select 'new' as side, * from given_new.system)
union all select side, 'classification', 'Scope 3 category ' || category, status from category
union all select side, 'method', 'setting ' || name, value from setting
union all select side, cause, 'fill ' || fill_id || ' of ' || strftime(month, '%Y-%m'), replace(method, '_', ' ') || ' x ' || top || '/' || bottom || ', ' || activity_type || ' at ' || site || case when meter = '' then '' else ', ' || meter end from fill
union all select side, cause, 'basis of fill ' || fill_id || ' of ' || strftime(month, '%Y-%m'), string_agg(basis_site || ' in ' || strftime(basis_month, '%Y-%m'), ', ' order by basis_site, basis_month) from fill_basis group by all
union all select side, 'factor', 'factor set ' || set_id, publisher || ', ' || edition || ', usable until ' || usable_until || ', GWP set ' || gwp_set || ', preference ' || preference || coalesce(', supersedes ' || supersedes, '') || ', factors.csv ' || left(digest, 12)
    from (select 'old' as side, * from given_old.factor_set union all by name select 'new' as side, * from given_new.factor_set)
union all select side, 'instrument', 'instrument ' || instrument_id, restatement.main.number_text(volume) || ' ' || unit || ', ' || kind || ', ' || status || coalesce(', ' || restatement.main.number_text(rate_kg_co2e_per_kwh) || ' kg CO2e/kWh', '') || ', ' || market
        || ', ' || starts || ' to ' || ends || ', ' || sha256(concat_ws('|', supplier, vintage, energy_source, certificate, entity, site, meter, technology, tracking_system, serial_first, serial_last, generated_in, generation_starts,
        generation_ends, cancelled_on, beneficiary, attributes))[:8]
    from (select 'old' as side, * from given_old.instrument union all by name select 'new' as side, * from given_new.instrument);

insert into restatement.change
select cause, subject, coalesce(max(value) filter (where side = 'old'), ''), coalesce(max(value) filter (where side = 'new'), '')
from restatement.property group by cause, subject
having coalesce(max(value) filter (where side = 'old'), '') <> coalesce(max(value) filter (where side = 'new'), '');
