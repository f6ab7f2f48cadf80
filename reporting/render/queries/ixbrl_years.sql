-- Base year and target years that are facts of their own. Variables: framework, taxonomy (path of taxonomy.csv), period. Grain: year.
with mapping as (
    select datapoint, "of", element, row_number() over () as row_no
    from read_csv(getvariable('taxonomy'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
),
year as (
    select 'year_of_base' as "of", period, ends from base_year
    union all
    select distinct 'year_of_target', t.target_period, t.ends from target_reduction t join equal_figure e on e.figure_id = t.figure and e.period = getvariable('period')
    join equal_figure o on o.selection = e.selection and o.period = e.period and o.framework = getvariable('framework')
)
select y."of", getvariable('framework') || '/' || m.datapoint as figure_id, y.period, y.ends, d.label, m.element
from year y join mapping m on m."of" = y."of" join datapoint d on d.framework = getvariable('framework') and d.datapoint = m.datapoint
order by m.row_no, y.ends
