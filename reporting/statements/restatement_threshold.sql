-- title: The changes against the recalculation policy
-- lead: What causes that may recalculate a base year (errors, methods, factors, structure) add up to, alone and together, against the significance threshold of the base figure (GHG Protocol Corporate Standard ch. 5).
-- place: annex
-- order: 6
-- columns: figure_id=Figure; decision=Test
select t.figure_id, t.decision from restatement_test t join restatement_figure f on f.figure_id = t.figure_id order by f.position
