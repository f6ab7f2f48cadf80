-- rule: coverage/asset-without-activity
-- severity: warning
-- stage: 47
-- of: asset
-- fix: add the asset's data, or end its valid_to in inventory.yaml
-- citation: GHG Protocol Corporate Standard ch. 1 (completeness)
select null as source_id, null as file_no, null as row_no, 'asset:' || s.asset || '@' || p.period as subject, 'both' as basis,
    'asset "' || s.asset || '" (' || any_value(s.kind) || ', site ' || any_value(s.site) || ') has no activity in ' || p.period || ': no row of '
    || string_agg(s.activity_type, ', ' order by s.activity_type) || case when any_value(s.meter) = '' then '' else ' of meter ' || any_value(s.meter) end as message
from asset s join period p on p.is_disclosed and s.valid_from < p.ends and s.valid_to > p.starts
left join activity a on a.activity_type = s.activity_type and a.site = s.site and (s.meter = '' or a.meter = s.meter) and a.counts
    and a.month >= p.starts and a.month < p.ends and a.derivation in ('', 'replaces', 'fills')
group by s.asset, p.period having count(a.activity_id) = 0
