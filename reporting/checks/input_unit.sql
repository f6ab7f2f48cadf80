-- rule: inventory/input-unit
-- severity: error
-- stage: 5
-- of: input
-- fix: give the value in the unit that the figure asks for; a currency is the one of the organisation
-- citation: ESRS E1-5, E1-6; GHG Protocol Corporate Standard ch. 9
select null as source_id, null as file_no, null as row_no, 'input:' || i.name || '@' || i.period as subject, 'both' as basis,
    'inputs, ' || i.name || ', ' || i.period || ' is given in "' || i.unit || '", but ' || string_agg(distinct d.framework || '/' || d.datapoint, ', ' order by d.framework || '/' || d.datapoint)
        || ' ask for "' || d.unit || '" and do not take it' as message
from input i join datapoint d on d.kind = 'input' and d.input = i.name and d.split = ''
where i.key = '' and i.unit <> d.unit and not (i.unit = 't_co2e' and d.unit = 'tCO2e')
group by i.name, i.period, i.unit, d.unit
