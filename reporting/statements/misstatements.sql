-- title: Uncorrected misstatements
-- lead: What was found to be wrong and is not corrected, as kept in misstatements.csv: tonnes that the disclosure states too much, negative where it states too little. The sums by scope and in all stand against the materiality of the inventory; overstatements and understatements are also added up apart, since they may hide one another.
-- place: annex
-- order: 58
-- columns: scope=Scope; misstatement=Misstatement; kind=Kind; tonnes=t CO2e|3; materiality=Materiality, t CO2e|3; share=Share of materiality, %|1; reason=What, and why it is not corrected; stated_by=By
select case when position = 1 then 'Scope ' || scope || case when scope3_category = '' then '' else ', category ' || scope3_category end when scope = '' then 'All scopes' else 'Scope ' || scope end as scope,
    misstatement, kind, tonnes, materiality, case when materiality <> 0 then exact_share(tonnes, materiality) * 100 end as share, reason, stated_by
from (
    select 1 as position, m.scope, m.scope3_category, m.misstatement, m.kind, m.t_co2e as tonnes, null::decimal(38,12) as materiality, m.description || ' Not corrected: ' || m.reason as reason,
        m.stated_by || ', ' || strftime(m.date, '%Y-%m-%d') as stated_by, m.row_no
    from misstatement m where m.period = getvariable('period')
    union all
    select 2, s.scope, '', s.direction, '', s.tonnes, s.materiality, '', '', 0 from misstatement_sum s where s.view = getvariable('view') and s.period = getvariable('period')
)
order by scope = 'All scopes', scope, position, row_no, misstatement
