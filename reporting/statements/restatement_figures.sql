-- title: All figures that changed
-- lead: Figures that differ from the version before, with their causes: all of the first framework, the totals of the others. A residual that is not 0 would be a change that no cause explains.
-- place: annex
-- order: 3
-- columns: figure=Figure; old_value=Before|6; new_value=Now|6; causes=Causes; residual=Residual|6
select figure_id || ' (' || unit || ')' as figure, old_value, new_value, causes, residual
from restatement_figure
where is_total or residual <> 0 or framework = (select framework from framework order by position, framework limit 1)
order by position
