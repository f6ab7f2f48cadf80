-- The rows behind each step of figures of kind sum: figure by figure, what the row added or took away, in kg CO2e, kg of gas or MWh, exactly. Parameter: figure ('' for every total).
with definition as (
    select distinct g.figure_id, g.view, g.starts, g.ends, d.measure
    from (select * from run_new.figure_definition union select * from run_old.figure_definition) g
    join (select * from given_new.datapoint union select * from given_old.datapoint) d on d.framework = g.framework and d.datapoint = g.datapoint
    where g.period = getvariable('bridge_period') and d.kind = 'sum' and case when $figure = '' then d.is_total and g.split = '' else g.figure_id = $figure end
),
part as (
    select d.figure_id, d.measure, l.step, l.pair_no, sum(case when d.measure = 'kg_gas' then l.kg_gas else l.amount end) as amount,
        string_agg(distinct l.old_factors, ', ' order by l.old_factors) as old_factors, string_agg(distinct l.new_factors, ', ' order by l.new_factors) as new_factors
    from definition d join restatement.selected_line s on s.figure_id = d.figure_id
    join restatement.line_change l on l.view = d.view and l.month >= d.starts and l.month < d.ends
        and l.measure = s.measure and l.scope = s.scope and l.scope3_category = s.scope3_category and l.iso_category = s.iso_category and l.basis = s.basis
        and l.gas_group = s.gas_group and l.is_biogenic = s.is_biogenic and l.energy_source = s.energy_source and l.entity = s.entity and l.site is not distinct from s.site
        and l.country = s.country and l.system = s.system and l.lifecycle_stage = s.lifecycle_stage and l.role = s.role and l.is_cloud = s.is_cloud
    where d.measure <> 'kg_supplier' or l.is_of_supplier
    group by all
)
select a.figure_id as figure, a.step, coalesce(n.file, o.file, '') as file, coalesce(n.row_no, o.row_no) as row, coalesce(o.file, '') as old_file, o.row_no as old_row, p.source_id as source, p.key as activity,
    coalesce(q.quantity, '') as old_quantity, coalesce(w.quantity, '') as new_quantity, coalesce(a.old_factors, '') as old_factors, coalesce(a.new_factors, '') as new_factors,
    case a.measure when 'mwh' then 'MWh' when 'mwh_high_impact' then 'MWh' when 'kg_gas' then 'kg' else 'kg CO2e' end as unit, a.amount
from part a
left join restatement.row_pair p on p.pair_no = a.pair_no
left join restatement.place o on o.pair_no = p.pair_no and o.side = 'old'
left join restatement.place n on n.pair_no = p.pair_no and n.side = 'new'
left join restatement.row_quantity q on q.side = 'old' and q.source_id = p.source_id and q.file_no = p.old_file_no and q.row_no = p.old_row_no
left join restatement.row_quantity w on w.side = 'new' and w.source_id = p.source_id and w.file_no = p.new_file_no and w.row_no = p.new_row_no
where a.amount <> 0
order by a.figure_id, a.step, abs(a.amount) desc, file, row, activity
