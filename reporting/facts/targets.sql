-- fact: targets
-- place: Methodology, Progress against targets
select f.framework, p.period, case when t.text is not null then 'stated' else 'not_reported' end as status,
    coalesce(t.text, 'no target is declared under `targets` of inventory.yaml') as text
from framework f cross join period p
left join (select string_agg(distinct target || ' (' || period || ', ' || case when reduction is not null then 'minus ' || plain_number(reduction * 100) || ' %' else plain_number(value) || ' t' end || ')', '; ' order by target || ' (' || period || ', ' || case when reduction is not null then 'minus ' || plain_number(reduction * 100) || ' %' else plain_number(value) || ' t' end || ')') as text
    from target) t on true
