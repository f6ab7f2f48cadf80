-- fact: iso_statement
-- place: GHG report, 9.3.1 item by item
-- The draft stays off until a person has confirmed it against a bought copy of the standard: its clause letters here are from memory.
select f.framework, p.period, case when c.datapoint is null or w.number > 0 then 'needs_person' else 'stated' end as status,
    case when c.datapoint is null then 'a draft statement is kept back until somebody has compared the report with a bought copy of the standard and says so under `confirmations` (iso_14064_1_2018/report_r_statement); the clause letters used here are from memory'
        when w.number > 0 then 'confirmed by ' || c.confirmed_by || ', but ' || w.number || ' mandatory figures are withheld, so that no statement of accordance can be made'
        else 'Draft: this report was prepared in accordance with ISO 14064-1:2018. Confirmed by ' || c.confirmed_by || ' on ' || c.confirmed_on || ' against ' || c.against || '.' end as text
from framework f cross join period p
left join confirmation c on c.datapoint = f.framework || '/report_r_statement'
left join (select framework, period, count(*) as number from figure where is_mandatory and status = 'withheld' group by all) w on w.framework = f.framework and w.period = p.period
where f.framework = 'iso_14064_1_2018'
