-- Reference tables beside the factor sets, checked cell by cell before (reporting/reference_tables.py). The variable `factors` is the folder.
-- What is `unconfirmed` is carried and never used by itself: the tables whose names begin with usable_ leave it out.
create table accelerator as
select accelerator, coalesce(manufacturer, '') as manufacturer, coalesce(kind, '') as kind, release_date::date as release_date, tdp_w::decimal(38,12) as tdp_w,
    memory_bytes::decimal(38,0) as memory_bytes, process_nm::decimal(38,12) as process_nm, die_mm2::decimal(38,12) as die_mm2, status, citation
from read_csv(getvariable('factors') || '/accelerators.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

create table accelerator_performance as
select accelerator, precision, unit, sparsity, operations_per_s::decimal(38,0) as operations_per_s, status, coalesce(note, '') as note, citation
from read_csv(getvariable('factors') || '/accelerator_performance.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

-- Shares of the provider's supply that were free of carbon hour by hour: disclosed beside, never a factor.
create table carbon_free_energy as
select region, year::integer as year, carbon_free_share::decimal(38,12) as carbon_free_share, status, citation
from read_csv(getvariable('factors') || '/carbon_free_energy.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

create table cloud_region as
select region, provider, code, place, country, coalesce(subdivision, '') as subdivision, coalesce(grid_subregion, '') as grid_subregion, status,
    coalesce(grid_status, '') as grid_status, coalesce(note, '') as note, citation
from read_csv(getvariable('factors') || '/cloud_regions.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

-- Cloud regions of other providers, or other codes, in the same state or province: whose published figures may be compared.
create table cloud_neighbour as
select a.region, b.region as neighbour
from cloud_region a join cloud_region b on b.subdivision = a.subdivision
where a.subdivision <> '' and b.region <> a.region;

create table disagreement as
select "table" as table_name, subject, property, chosen, chosen_from, other, other_from, reason
from read_csv(getvariable('factors') || '/disagreements.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

-- kg CO2e of one item.
create table embodied_carbon as
select item, kind, low::decimal(38,12) as low, central::decimal(38,12) as central, high::decimal(38,12) as high, unit, boundary,
    lifetime_years::decimal(38,12) as lifetime_years, status, coalesce(note, '') as note, citation
from read_csv(getvariable('factors') || '/embodied_carbon.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

-- Shares of what was generated in the country, exact to 10 decimals; imports are not in it.
create table grid_mix as
with published as (
    select region, year::integer as year, fossil_twh::decimal(38,12) as fossil_twh, nuclear_twh::decimal(38,12) as nuclear_twh,
        renewable_twh::decimal(38,12) as renewable_twh, status, citation
    from read_csv(getvariable('factors') || '/grid_mix.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
)
select region, year, fossil_twh, nuclear_twh, renewable_twh, scaled_quotient(fossil_twh, fossil_twh + nuclear_twh + renewable_twh) as fossil_share,
    scaled_quotient(nuclear_twh, fossil_twh + nuclear_twh + renewable_twh) as nuclear_share,
    scaled_quotient(renewable_twh, fossil_twh + nuclear_twh + renewable_twh) as renewable_share, status, citation
from published;

create table it_coefficient as
select coefficient, coalesce(provider, '') as provider, value::decimal(38,12) as value, unit, valid_from::date as valid_from, status, coalesce(note, '') as note, citation
from read_csv(getvariable('factors') || '/it_coefficients.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

create table reference_table as
select "table" as table_name, title, publisher, coalesce(url, '') as url, licence, is_redistributable::boolean as is_redistributable,
    coalesce(sha256, '') as sha256, coalesce(attribution, '') as attribution, citation
from read_csv(getvariable('factors') || '/reference_tables.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');

create view usable_accelerator_performance as select * from accelerator_performance where status <> 'unconfirmed';
create view usable_embodied_carbon as select * from embodied_carbon where status <> 'unconfirmed';
create view usable_it_coefficient as select * from it_coefficient where status <> 'unconfirmed';

-- What prices and statements call a region, without spaces and signs: its code, its place where no other region of the provider has it, and what
-- standards/cloud_region_names.csv adds. cloud_place takes what stands in brackets, as in Europe (Frankfurt).
create macro cloud_place(name) as regexp_replace(lower(coalesce(nullif(regexp_extract(name, '\(([^)]*)\)', 1), ''), name)), '[^a-z0-9]', '', 'g');
create table cloud_region_name as
with named as (
    select provider, cloud_place(code) as name, region from cloud_region
    union select provider, cloud_place(place), min(region) from cloud_region group by provider, cloud_place(place) having count(*) = 1
    union select provider, cloud_place(name), region
    from read_csv(getvariable('standards') || '/cloud_region_names.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
)
select provider, name, min(region) as region from named group by provider, name having count(distinct region) = 1;

-- Power of one instance in kW with the provider's PUE: idle power and half of what lies between idle and full for each virtual processor, rated power for each
-- accelerator (an upper bound). Memory, storage and network are not in it. An instance whose coefficients are not all known has no row here.
create table cloud_instance as
select provider, instance_type, vcpu::decimal(38,0) as vcpu, coalesce(accelerator, '') as accelerator, coalesce(accelerator_count, '0')::decimal(38,0) as accelerator_count,
    status, citation
from read_csv(getvariable('factors') || '/cloud_instances.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '');
create view cloud_instance_power as
select i.provider, i.instance_type, 'instance.' || i.provider || '.' || i.instance_type as activity_type,
    cast(cast(cast(i.vcpu * cast(idle.value + cast((busy.value - idle.value) * used.value * 0.01 as decimal(38,8)) as decimal(18,8))
        + i.accelerator_count * coalesce(a.tdp_w, 0) as decimal(18,8)) * cast(pue.value as decimal(18,6)) as decimal(38,11)) * 0.001 as decimal(38,14)) as kw,
    concat_ws('; ', i.citation || ': ' || i.vcpu || ' vCPU of ' || rtrim(idle.value::varchar, '0') || ' W idle and ' || rtrim(rtrim(busy.value::varchar, '0'), '.') || ' W full at '
        || used.value::integer || ' %', case when i.accelerator <> '' then i.accelerator_count || ' ' || i.accelerator || ' of ' || a.tdp_w::integer || ' W' end,
        'PUE ' || rtrim(pue.value::varchar, '0'), idle.citation, a.citation) as citation
from cloud_instance i
join usable_it_coefficient idle on idle.coefficient = 'vcpu_power_idle' and idle.provider = i.provider
join usable_it_coefficient busy on busy.coefficient = 'vcpu_power_full' and busy.provider = i.provider
join usable_it_coefficient used on used.coefficient = 'cpu_utilisation' and used.provider = ''
join usable_it_coefficient pue on pue.coefficient = 'pue' and pue.provider = i.provider
left join accelerator a on a.accelerator = i.accelerator and a.status <> 'unconfirmed'
where i.status <> 'unconfirmed' and (i.accelerator = '' or a.tdp_w is not null);
