-- fact: scope2_target_method
-- place: Methodology, Progress against targets
with told as (
    select string_agg(distinct t.target || ': ' || t.figure, '; ' order by t.target || ': ' || t.figure) as text from target t
)
select f.framework, p.period, case when t.text is null then 'not_applicable' else 'stated' end as status,
    coalesce('The figures that targets name say the method of Scope 2: ' || t.text || '.', 'no target is declared under `targets` of inventory.yaml') as text
from framework f cross join period p cross join told t
