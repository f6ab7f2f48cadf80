-- rule: E1-R60
-- clause: ESRS E1 34 a, b
-- severity: error
-- wording: Targets are gross tonnes of a scope: no credit, removal or biogenic figure is aimed at
-- fix: name figures of gross emissions under targets
select t.target as subject, t.figure || ' is no gross emission' as message from target t left join (select distinct figure_id, framework, datapoint from figure) f on f.figure_id = t.figure
left join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint where d.datapoint is null or d.measure <> 'kg_co2e' or d.biogenic <> ''
