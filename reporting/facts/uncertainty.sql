-- fact: uncertainty
-- place: Methodology, Ranges of figures
select f.framework, p.period, case when r.number > 0 then 'stated' else 'needs_person' end as status,
    case when r.number > 0 then 'Both IPCC approaches were applied; ' || r.number || ' figures have a 95 % range for the part that states an uncertainty.'
        when s.value is not null then 'an uncertainty policy is declared, but no factor and activity data of the period state one'
        else 'no uncertainty policy is declared under `uncertainty` of inventory.yaml' end as text
from framework f cross join period p left join setting s on s.name = 'uncertainty.seed'
left join (select period, split_part(figure_id, '/', 1) as framework, count(*) as number from figure_range group by all) r on r.period = p.period and r.framework = f.framework
