-- rule: base-year/categories
-- severity: warning
-- stage: 72
-- of: base_year_value
-- fix: give base_year.<framework>/scope3_by_category/category=N of every included category, so that they add up
-- citation: GHG Protocol Scope 3 Standard ch. 9 and 11 (R044)
with whole as (
    select b.figure_id, b.reported, f.framework from base_year_value b join (select distinct figure_id, framework, datapoint from figure) f on f.figure_id = b.figure_id
    join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint and d.scope = '3' and d.split = '' and d.scope3_category = '' and d.biogenic = '' and d.gas_group = ''
),
part as (
    select w.figure_id, w.reported, c.category, b.reported as part
    from whole w
    join datapoint d on d.framework = w.framework and d.split = 'category' and d.scope = '3' and d.biogenic = '' and d.gas_group = '' and d.measure = 'kg_co2e'
    join scope3_category c on c.status = 'included'
    left join base_year_value b on b.figure_id = d.framework || '/' || d.datapoint || '/category=' || c.category
)
select null as source_id, null as file_no, null as row_no, figure_id as subject, 'both' as basis,
    'base year of ' || figure_id || ': ' || case when count(*) > count(part) then 'no value of category ' || string_agg(category, ', ' order by category::integer) filter (where part is null)
        else 'the categories add up to ' || plain_number(cast(sum(part) as decimal(38,12))) || ' t, the figure is ' || plain_number(any_value(reported)) || ' t' end as message
from part group by figure_id having count(*) > count(part) or sum(part) <> any_value(reported)
