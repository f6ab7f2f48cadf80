-- Site (entity, where a row names no site) x carrier x month of the disclosed periods. Worst first: missing (a declared meter has nothing for the month, or its rows
-- cannot be used), filled, accrued, estimated, actual; none where nothing is recorded and no meter declared. Rows that count, derived emissions apart.
with month as (
    select distinct unnest(range(starts::timestamp, ends::timestamp, interval 1 month))::date as month from period where is_disclosed
),
reading as (
    select coalesce(nullif(a.site, ''), '(' || a.entity || ')') as site, t.carrier, date_trunc('month', a.month)::date as month, a.meter, a.period_start, a.period_end,
        case when a.quantity is null then 'unusable' when a.read_status = 'filled' then 'filled' when a.read_status = 'accrued' then 'accrued'
            when a.read_status = 'estimated' or a.data_quality in ('estimated', 'proxy') then 'estimated' else 'actual' end as status
    from activity a join activity_type t using (activity_type)
    where t.carrier <> '' and a.counts and a.role = 'inventory' and a.derivation in ('', 'replaces', 'fills')
),
metered as (
    select m.site, m.carrier, c.month, m.meter, count(r.meter) as readings, coalesce(sum(epoch(r.period_end - r.period_start)::hugeint), 0) as seconds
    from meter m cross join month c
    left join reading r on r.meter = m.meter and r.month = c.month and r.status <> 'unusable'
    group by all
),
meter_state as (
    select site, carrier, month, count(*) as meters, count(*) filter (where readings = 0) as silent, min(seconds) as seconds
    from metered group by all
),
place as (select distinct site, carrier from reading union select distinct site, carrier from meter),
read_state as (
    select site, carrier, month, count(*) as readings, bool_or(status = 'unusable') as has_unusable, bool_or(status = 'accrued') as has_accrued, bool_or(status = 'filled') as has_filled,
        bool_or(status = 'estimated') as has_estimated
    from reading group by all
)
select p.site, p.carrier, strftime(c.month, '%Y-%m') as month,
    case when m.silent > 0 or r.has_unusable then 'missing' when r.has_filled then 'filled' when r.has_accrued then 'accrued' when r.has_estimated then 'estimated'
        when r.readings > 0 then 'actual' else 'none' end as status,
    coalesce(m.meters, 0) as meters, case when m.meters > 0 then cast(scaled_quotient(m.seconds, 86400) as decimal(38,1)) end as days,
    day(last_day(c.month)) as days_in_month
from place p cross join month c
left join meter_state m on m.site = p.site and m.carrier = p.carrier and m.month = c.month
left join read_state r on r.site = p.site and r.carrier = p.carrier and r.month = c.month
order by p.site, p.carrier, c.month
