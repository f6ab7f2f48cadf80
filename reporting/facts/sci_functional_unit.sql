-- fact: sci_functional_unit
-- place: Score
select f.framework, p.period, case when count(i.value) = count(*) then 'stated' else 'withheld' end as status,
    string_agg(s.name || ': ' || coalesce(plain_number(i.value) || ' x ' || s.functional_unit, 'not given for the period'), '; ' order by s.system)
        || '. One R holds for all components of a system.' as text
from framework f cross join period p cross join system s left join input i on i.name = 'functional_unit' and i.key = s.system and i.period = p.period group by f.framework, p.period
