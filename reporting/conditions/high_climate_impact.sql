-- condition: high_climate_impact
select f.framework, p.period, 'no entity works in a high climate impact sector (' || h.sections || ')' as reason
from framework f cross join period p
join (select string_agg(distinct 'NACE ' || nace || ', section ' || section_of_revision_2 || ' of revision 2', '; ' order by 'NACE ' || nace || ', section ' || section_of_revision_2 || ' of revision 2') as sections
    from entity_sector having not coalesce(bool_or(coalesce(is_high_impact, true)), true)) h on true
