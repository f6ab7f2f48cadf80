-- rule: factor/residual-mix-not-loaded
-- severity: error
-- stage: 36
-- fix: load the published residual mix as a factor of basis residual (a factor set of your own), or cover the consumption by instruments
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (8), R029
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, k.basis,
    'a residual mix is published for ' || a.region || case when m.publisher is null then '' else ' (' || m.publisher || ')' end || ' and not loaded: '
        || decimal_text(a.quantity) || ' ' || a.unit || ' of ' || strftime(a.month, '%Y-%m') || ' cannot be priced on the market basis' as message
from activity a join month_interval i on i.month = a.month
join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
    and k.interval_start = i.interval_start and k.bases = a.bases and k.need = a.basis and k.pricing = 'market'
join unloaded_residual u on u.resolution_key = k.resolution_key
left join (select a.region, min(x.publisher) as publisher from region_ancestor a join residual_mix_market x on x.region = a.ancestor group by a.region) m on m.region = a.region
where a.counts
