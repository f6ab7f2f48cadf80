-- rule: reconcile/stated-total-differs
-- severity: error
-- stage: 40
-- of: stated_total
-- fix: find the missing or doubled rows, or correct the stated total in inventory.yaml
-- citation: docs/tables.md
with own as (
    select t.source_id, t.position, sum(case when t.measure = 'quantity' and a.unit = t.unit then cast(a.quantity as decimal(38,12)) when t.measure = 'quantity' then a.quantity * c.multiplier else cast(0 as decimal(38,12)) end) as quantity
    from stated_total t
    join activity a on a.source_id = t.source_id and a.derivation = '' and (t.activity_type = '' or a.activity_type = t.activity_type)
    left join period p on p.period = t.period
    left join unit_conversion c on c.from_unit = a.unit and c.to_unit = t.unit
    where t.measure = 'quantity' and (t.period = '' or (a.month >= p.starts and a.month < p.ends)) group by all
),
own_kg as (
    select t.source_id, t.position, sum(e.kg_co2e) as quantity
    from stated_total t
    join activity a on a.source_id = t.source_id and (t.activity_type = '' or a.activity_type = t.activity_type) and a.derivation in ('', 'replaces')
    left join period p on p.period = t.period
    join entry e on e.activity_id = a.activity_id and e.basis in ('both', 'location') and not e.is_biogenic and e.view = (select view from view order by view limit 1)
    where t.measure = 'kg_co2e' and (t.period = '' or (a.month >= p.starts and a.month < p.ends)) group by all
)
select t.source_id, null as file_no, null as row_no, 'stated:' || t.source_id || '.' || t.position as subject, 'both' as basis,
    t.citation || ' states ' || decimal_text(t.value) || ' ' || t.unit || ', the rows add up to ' || decimal_text(coalesce(o.quantity, k.quantity, 0)) || ' (' || decimal_text(coalesce(o.quantity, k.quantity, 0) - t.value) || ')' as message
from stated_total t left join own o using (source_id, position) left join own_kg k on k.source_id = t.source_id and k.position = t.position
where abs(coalesce(o.quantity, k.quantity, 0) - t.value) > t.tolerance
