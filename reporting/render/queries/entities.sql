-- The interests in entities that are valid in the period, with the sites of the entity; an entity whose interest changes has several.
select entity.entity, entity.name, coalesce(entity.country, '') as country, entity.ownership, entity.operational_control, entity.financial_control, entity.joint_financial_control,
    case when entity.valid_from > $starts then entity.valid_from end as first_day, case when entity.valid_to < $ends then cast(entity.valid_to - interval 1 day as date) end as last_day,
    coalesce(list(distinct site.name order by site.name) filter (site.name is not null), []) as sites
from entity
left join site on site.entity = entity.entity
where entity.valid_from < $ends and entity.valid_to > $starts
group by all
order by entity.entity, first_day nulls first
