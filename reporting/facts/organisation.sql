-- fact: organisation
-- place: Cover; Methodology, Entities within the boundary
select f.framework, p.period, 'stated' as status,
    o.value || ', ' || c.value || case when n.value <> '' then '; NACE ' || n.value || ' (revision ' || r.value || ')' else '' end || '; '
        || e.number || case when e.number = 1 then ' entity, ' else ' entities, ' end || s.number || case when s.number = 1 then ' site' else ' sites' end as text
from framework f cross join period p
join setting o on o.name = 'organisation.name' join setting c on c.name = 'organisation.country' join setting n on n.name = 'organisation.nace'
join setting r on r.name = 'organisation.nace_revision'
cross join (select count(distinct entity) as number from entity) e cross join (select count(*) as number from site) s
