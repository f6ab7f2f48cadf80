-- fact: credit_reliance
-- place: Carbon credits
with lot as (
    select p.period, c.standard, c.kind, c.sink, sum(c.t_co2e) filter (where c.retired_on >= p.starts and c.retired_on < p.ends) as retired,
        sum(c.t_co2e) filter (where c.retired_on is null or c.retired_on >= p.ends) as planned
    from carbon_credit c join period p on c.acquired_on < p.ends group by all
)
select f.framework, l.period, 'stated' as status, 'No target counts carbon credits. ' || string_agg(l.standard || ', ' || l.kind || case when l.sink = '' then '' else ' by ' || l.sink || ' sinks' end || ': '
        || coalesce(plain_number(l.retired), '0') || ' t CO2e retired in the period, ' || coalesce(plain_number(l.planned), '0') || ' t CO2e planned', '; ' order by l.standard, l.kind, l.sink) as text
from framework f cross join lot l group by f.framework, l.period
