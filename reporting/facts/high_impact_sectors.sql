-- fact: high_impact_sectors
-- place: E1-5 High climate impact sectors
select f.framework, p.period, case when s.text is not null then 'stated' else 'needs_person' end as status,
    coalesce(s.text, 'no entity has a NACE code: give organisation.nace or nace of the entity') as text
from framework f cross join period p
left join (select string_agg(entity || ': NACE ' || nace || ' (section ' || section_of_revision_2 || ' of revision 2)', '; ' order by entity) as text from entity_sector where is_high_impact) s on true
