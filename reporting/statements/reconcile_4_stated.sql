-- title: Stated totals beside what the rows add up to
-- lead: Totals that somebody else stated for a source: invoices, meter reads, returns. Rows that are memo are in the sum; rows that exclusions.csv takes out are not, and are told apart.
-- place: annex
-- order: 53
-- columns: source=Source; period=Period; what=Of; stated=Stated|3; own=By the rows|3; difference=Difference|3; excluded=Of it excluded rows|3; unit=Unit; within=Within the tolerance; citation=By whom
with own as (
    select t.source_id, t.position, sum(case when a.unit = t.unit then cast(a.quantity as decimal(38,12)) else cast(a.quantity * c.multiplier as decimal(38,12)) end) as quantity
    from stated_total t
    join activity a on a.source_id = t.source_id and a.derivation = '' and (t.activity_type = '' or a.activity_type = t.activity_type)
    left join unit_conversion c on c.from_unit = a.unit and c.to_unit = t.unit
    left join period p on p.period = t.period
    where t.measure = 'quantity' and (t.period = '' or (a.month >= p.starts and a.month < p.ends)) group by all
    union all
    select t.source_id, t.position, sum(e.kg_co2e)
    from stated_total t
    join entry e on e.source_id = t.source_id and e.basis in ('both', 'location') and not e.is_biogenic and e.view = (select view from view order by view limit 1)
        and e.derivation in ('', 'replaces') and (t.activity_type = '' or e.activity_type = t.activity_type)
    left join period p on p.period = t.period
    where t.measure = 'kg_co2e' and (t.period = '' or (e.month >= p.starts and e.month < p.ends)) group by all
),
excluded as (
    select t.source_id, t.position, sum(case when a.unit = t.unit then cast(a.quantity as decimal(38,12)) else cast(a.quantity * c.multiplier as decimal(38,12)) end) as quantity
    from stated_total t
    join activity_row a on a.source_id = t.source_id and (t.activity_type = '' or a.activity_type = t.activity_type)
    semi join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no
    left join unit_conversion c on c.from_unit = a.unit and c.to_unit = t.unit
    left join period p on p.period = t.period
    where t.measure = 'quantity' and (t.period = '' or (a.period_start >= p.starts and a.period_end <= p.ends)) group by all
)
select t.source_id as source, case t.period when '' then 'all' else t.period end as period, case when t.activity_type <> '' then t.activity_type else replace(t.measure, '_', ' ') end as what,
    t.value as stated, cast(coalesce(o.quantity, 0) as decimal(38,12)) as own, cast(coalesce(o.quantity, 0) - t.value as decimal(38,12)) as difference, cast(-x.quantity as decimal(38,12)) as excluded, t.unit,
    case when abs(coalesce(o.quantity, 0) - t.value) <= t.tolerance then 'yes' else 'no' end as "within", t.citation
from stated_total t left join own o using (source_id, position) left join excluded x on x.source_id = t.source_id and x.position = t.position
left join period p on p.period = t.period
where t.period = '' or (p.starts < getvariable('ends') and p.ends > getvariable('starts'))
order by t.source_id, t.position
