-- fact: credit_sinks
-- place: Carbon credits
with retired as (
    select p.period, c.sink, c.project_type, sum(c.t_co2e) as t_co2e from carbon_credit c join period p on c.retired_on >= p.starts and c.retired_on < p.ends where c.kind = 'removal' group by all
)
select f.framework, r.period, 'stated' as status, string_agg(plain_number(r.t_co2e) || ' t CO2e from ' || r.sink || ' sinks (' || r.project_type || ')', '; ' order by r.sink, r.project_type) as text
from framework f cross join retired r group by f.framework, r.period
