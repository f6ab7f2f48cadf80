-- The entities valid in the period, with their sites.
select entity.entity, any_value(entity.name) as name, any_value(coalesce(entity.country, '')) as country, max(entity.ownership) as ownership,
    bool_or(entity.operational_control) as operational_control, bool_or(entity.financial_control) as financial_control,
    coalesce(list(distinct site.name order by site.name) filter (site.name is not null), []) as sites
from entity
left join site on site.entity = entity.entity
where entity.valid_from < $ends and entity.valid_to > $starts
group by entity.entity
order by entity.entity
