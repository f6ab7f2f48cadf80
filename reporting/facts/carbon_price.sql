-- fact: carbon_price
-- place: Carbon pricing
select f.framework, p.period, case when i.value is not null then 'stated' else 'needs_person' end as status,
    coalesce('yes: ' || plain_number(i.value) || ' ' || i.unit || ' (' || i.source || ')', 'no carbon_price is declared under inputs: say whether decisions use one') as text
from framework f cross join period p left join input i on i.period = p.period and i.name = 'carbon_price'
