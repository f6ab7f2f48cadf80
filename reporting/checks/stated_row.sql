-- rule: reconcile/stated-row-differs
-- severity: error
-- stage: 40
-- fix: ask whoever stated the value, or correct the inputs of the row
-- citation: docs/tables.md
with stated as (
    select r.source_id, r.file_no, r.row_no, any_value(r.stated) as text, any_value(r.activity_id) as activity_id,
        any_value(try_cast(replace(r.stated, ',', '') as decimal(38,12)) * case o.value when 't_co2e' then 1000 else 1 end) as kg, any_value(s.tolerance_kg) as tolerance_kg
    from activity_row r join source s using (source_id) join source_option o on o.source_id = r.source_id and o.name = 'stated_unit'
    anti join excluded_row x on x.source_id = r.source_id and x.file_no = r.file_no and x.row_no = r.row_no
    where r.stated is not null group by r.source_id, r.file_no, r.row_no
),
own as (
    select e.source_id, e.file_no, e.row_no, sum(e.kg_co2e) as kg
    from entry e semi join stated s on s.source_id = e.source_id and s.file_no = e.file_no and s.row_no = e.row_no
    where e.view = (select view from view order by view limit 1) and e.basis in ('both', 'location') and not e.is_biogenic and e.derivation in ('', 'replaces')
    group by all
)
select s.source_id, s.file_no, s.row_no, 'row:' || s.row_no as subject, 'both' as basis,
    'stated ' || s.text || ', computed ' || round(coalesce(o.kg, 0), 3) || ' kg CO2e, difference ' || round(s.kg - coalesce(o.kg, 0), 3) || ' kg' as message
from stated s left join own o using (source_id, file_no, row_no)
where s.kg is null or abs(s.kg - coalesce(o.kg, 0)) > s.tolerance_kg
