-- fact: base_year
-- place: Methodology, Base year and its policy
select f.framework, p.period, 'stated' as status, 'Base year ' || b.period || ': ' || b.reason
    || case when n.number > 0 then ' Figures of the base year: ' || n.number || '.' else ' No figure of the base year is given yet.' end as text
from framework f cross join period p cross join base_year b cross join (select count(*) as number from base_year_value) n
