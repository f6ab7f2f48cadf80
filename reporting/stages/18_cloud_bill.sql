-- Lines of cloud bills become activities: hours of machines whose power is known, else spend. Of several snapshots of a billing period the last one counts.
-- Two exports are snapshots of one bill where they share an account: bills of several payers, subscriptions or providers stand side by side in a source.
create table bill_snapshot as -- of: bill_line
with option as (select source_id, max(value) as snapshot from source_option where name = 'snapshot' group by source_id),
held as (
    select distinct b.source_id, b.billing_period, b.file_no, b.provider, b.account, f.path, regexp_replace(f.path, '/[^/]*$', '') as folder, coalesce(o.snapshot, '') as snapshot
    from bill_line b join source_file f using (source_id, file_no) left join option o using (source_id)
),
told as (
    select *, max(folder) over account as last_folder, max(path) over account as last_path, max(path) over (partition by source_id, billing_period, provider, account, folder) as last_of_folder
    from held window account as (partition by source_id, billing_period, provider, account)
),
file as (
    select source_id, billing_period, file_no, path, folder, snapshot, bool_or(last_folder > folder) as is_followed, bool_or(last_of_folder > path) as is_followed_within, max(last_path) as last_path
    from told group by all
)
select source_id, billing_period, file_no, path, snapshot, count(*) over whole as files_of_folder, not bool_or(is_followed) over whole and (snapshot <> 'file' or not is_followed_within) as is_last,
    max(last_path) over whole as last_path
from file window whole as (partition by source_id, billing_period, folder);

create table bill_activity as -- of: bill_line
with constant as (
    pivot part_constant on target in ('activity_type', 'entity', 'site', 'region', 'supplier', 'system', 'lifecycle_stage', 'coverage', 'factor') using any_value(value) group by source_id
),
option as (select source_id, max(value) as coverage_by from source_option where name = 'coverage' group by source_id),
spend as (
    select * from read_csv(getvariable('standards') || '/cloud_spend_types.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
),
kind as (
    select b.provider, b.service, arg_min(s.activity_type, case when s.provider = '*' then 2 else 0 end + case when s.service = '*' then 1 else 0 end) as activity_type
    from (select distinct provider, service from bill_line) b join spend s on (s.provider in ('*', b.provider)) and coalesce(b.service, '') glob s.service group by all
)
select b.*, p.activity_type as instance_type, coalesce(k.activity_type, t.activity_type) as spend_type, n.region, k.region as spend_region, k.entity, k.site, k.system, k.lifecycle_stage,
    coalesce(k.supplier, b.provider) as supplier, coalesce(k.coverage, case o.coverage_by when 'account' then b.provider || ':' || b.account else b.provider end) as coverage,
    k.factor, s.is_last, p.activity_type is not null and b.charge = 'usage' and b.hours is not null as is_energy
from bill_line b
join bill_snapshot s on s.source_id = b.source_id and s.file_no = b.file_no and s.billing_period is not distinct from b.billing_period
left join cloud_instance_power p on p.provider = b.provider and p.instance_type = b.instance
left join cloud_region_name n on n.provider = b.provider and n.name = cloud_place(b.place)
left join kind t on t.provider = b.provider and t.service is not distinct from b.service
left join constant k on k.source_id = b.source_id left join option o on o.source_id = b.source_id;

insert into activity_input by name -- of: bill_line
select source_id, file_no, row_no, 1 as part, case when is_energy then instance_type else spend_type end as activity_type, starts, ends,
    coalesce(case when is_energy then hours else cost end, '') as quantity, case when is_energy then 'h' else currency end as unit, entity, site,
    case when is_energy then coalesce(region, provider || ':' || coalesce(place, '')) else spend_region end as region, supplier, 'cloud' as hosting, case when is_energy then null else factor end as factor,
    case when is_energy then 'estimated' else 'proxy' end as data_quality, 'secondary' as data_origin, system, lifecycle_stage, coverage,
    concat_ws(', ', service, place, lines || ' lines of the bill', case when not is_energy and charge = 'usage' and instance is not null then 'no cited power of ' || instance || ': by spend' end) as note, content
from bill_activity where is_last and (charge in ('usage', 'purchase') or (charge = 'refund' and instance_type is null));

-- Types and rules for the hours of machines that a file names, from their power (02_reference_table.sql).
insert into activity_type
select distinct p.activity_type, 'Hours of ' || p.instance_type || ' (' || p.provider || ')', '3', '1', '4', 'time', 'single', 'direct', '', false, '', p.activity_type, false,
    'GHG Protocol Scope 3 Standard category 1 (purchased services)'
from cloud_instance_power p where p.activity_type in (select activity_type from activity_input);
insert into derivation_rule by name
select 'replaces' as kind, 'energy' as suffix, p.activity_type, '' as region, 'electricity.purchased' as derived_activity_type, p.kw as multiplier, 'h' as from_unit,
    'kWh' as to_unit, '' as contained_in_boundary, p.citation
from cloud_instance_power p where p.activity_type in (select activity_type from activity_input);
