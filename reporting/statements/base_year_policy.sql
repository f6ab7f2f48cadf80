-- title: Base year and its policy
-- lead: GHG Protocol Corporate Standard ch. 5 and 9.
-- place: annex
-- order: 50
-- columns: what=What; text=As declared
select 'Base year' as what, period as text, 1 as position from base_year
union all select 'Why this year', reason, 2 from base_year
union all select 'Recalculation policy', policy, 3 from base_year
union all select 'Significance threshold', plain_number(threshold * 100) || ' % of the figure, for single events and for what adds up below it, up and down alike', 4 from base_year
order by position
