-- fact: reporting_period
-- place: Cover
select f.framework, p.period, 'stated' as status,
    p.period || ': ' || p.starts || ' to ' || cast(p.ends - interval 1 day as date)
        || case p.kind when 'year' then ', a reporting year' else ', interim metrics (' || case p.kind when 'ytd' then 'year to date' when 'ttm' then 'trailing twelve months' else p.kind end || ')' end as text
from framework f cross join period p
