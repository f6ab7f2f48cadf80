-- fact: target_scope2_location
-- place: GHG emission reduction targets
select f.framework, p.period, case when t.text is not null then 'stated' else 'not_reported' end as status, coalesce(t.text, 'no location-based Scope 2 target is declared under `targets` of inventory.yaml') as text
from framework f cross join period p
left join (
    select string_agg('by ' || target_period || ': minus ' || plain_number(reduction_t) || ' t CO2e (' || plain_number(reduction_share * 100) || ' % of the base year' || case when is_whole then '' else ', covering ' || plain_number(coverage * 100) || ' % of it' end || ')', '; ' order by target_period, target) as text
    from target_reduction where scope = '2' and basis = 'location'
) t on true
