-- connector: kepler
-- title: Kepler (Kubernetes power exporter), as Prometheus text with times or as the JSON of a range query
-- formats: prometheus
-- natural_key: node, zone and month; samples by their time
-- required: metric, value
-- columns: metric, timestamp, value, labels.*
-- private: labels.pod_name hash, labels.pod_namespace hash, labels.container_name hash, labels.vm_name hash
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: none; built from the documentation of the exporter, real captures are still to be run against it
-- traps: zones contain each other; psys holds more than the processors; GPUs are hardware of their own; active and idle energy are parts of the node
-- kepler_node_cpu_joules_total, a counter of J, in one zone only: zones contain each other (package contains core, psys contains package). The zone is `package`,
-- else `psys`, else the first by name. GPUs (kepler_node_gpu_joules_total) are hardware of their own and are added.
-- Before version 0.10 the zone stood in the name of the counter (kepler_node_package_joules_total), one counter a package and mode; they are read alike and added.
-- Containers, pods, processes and virtual machines are parts of the node and are left out; so are the node's active and idle parts, which add up to it.
insert into sample
with read as (
    select r.source_id, r.file_no, r.row_no, r.record['metric'] as metric, coalesce(r.record['labels.zone'], nullif(regexp_extract(r.record['metric'], '^kepler_node_(package|platform|core|uncore|dram)_joules_total$', 1), ''), '') as zone,
        coalesce(r.record['labels.node_name'], r.record['labels.node'], r.record['labels.instance'], 'node') as node,
        concat_ws('/', r.record['labels.path'], r.record['labels.package'], r.record['labels.mode'], r.record['labels.gpu_uuid'], r.record['labels.gpu']) as part,
        microsecond_of(number_in(r.record['timestamp'])) as microsecond, number_in(r.record['value']) as number
    from record r where r.connector = 'kepler' and (r.record['metric'] in ('kepler_node_cpu_joules_total', 'kepler_node_gpu_joules_total')
        or regexp_full_match(r.record['metric'], 'kepler_node_(package|platform|core|uncore|dram)_joules_total'))
),
choice as (
    select source_id, node, arg_min(zone, case zone when 'package' then '0' when 'psys' then '1' when 'platform' then '2' else '3' || zone end) as zone from read where metric not like '%gpu%' group by all
)
select r.source_id, r.file_no, r.row_no, '' as run, concat_ws('/', r.node, case when r.metric like '%gpu%' then 'gpu' else c.zone end, nullif(r.part, '')) as device, 'counter' as kind,
    r.microsecond, r.number as value
from read r left join choice c on c.source_id = r.source_id and c.node = r.node
where r.metric like '%gpu%' or r.zone = c.zone;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when r.record['metric'] = 'kepler_node_cpu_joules_total' or regexp_full_match(r.record['metric'], 'kepler_node_(package|platform|core|uncore|dram)_joules_total') then 'another zone of the same processors'
    when r.record['metric'] like 'kepler_%joules_total' then 'a part of a node' else 'no counter of energy' end as reason
from record r anti join sample s on s.source_id = r.source_id and s.file_no = r.file_no and s.row_no = r.row_no where r.connector = 'kepler';
