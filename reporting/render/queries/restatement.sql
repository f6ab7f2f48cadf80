-- The waterfalls of a framework's totals that changed: first the level before, then each step, then the level now.
select f.figure_id, f.label, f.unit, 0 as place, f.old_version as step, f.old_value as amount, true as is_level from restatement_figure f where f.is_total and f.framework = $framework
union all
select f.figure_id, f.label, f.unit, p.position, p.step, p.amount, false from restatement_figure f join restatement_part p on p.figure_id = f.figure_id where f.is_total and f.framework = $framework
union all
select f.figure_id, f.label, f.unit, 1000000, f.new_version, f.new_value, true from restatement_figure f where f.is_total and f.framework = $framework
order by figure_id, place
