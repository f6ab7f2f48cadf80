-- title: Uncertainty of the totals
-- lead: The 95 % range of the part of each total whose activity data and factors both carry stated uncertainty, and how large that part is. For the rest no range is known and none is given. Approach 1 is error propagation, approach 2 a Monte Carlo simulation; a factor shared by many lines is one cause.
-- place: annex
-- order: 31
-- columns: framework=Framework; label=Figure; unit=Unit; value=Value|3; covered=Part with stated uncertainty|3; share=Share of the figure, %|1; low=Low|3; high=High|3; half_range=Approach 1, ± %|1; method=Approach 2
select w.title as framework, f.label, f.unit, f.value, cast(r.covered_kg * d.factor as decimal(38,12)) as covered, cast(f.range_share * 100 as decimal(38,12)) as share, f.low, f.high,
    cast(r.half_range * 100 as decimal(38,12)) as half_range, r.iterations || ' draws, seed ' || r.seed as method
from figure f
join figure_range r on r.figure_id = f.figure_id and r.period = f.period
join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint
join framework w on w.framework = f.framework
where f.period = getvariable('period') and f.low is not null and (f.key = '' or f.datapoint like '%category%')
order by f.position
