-- title: Scope 3 categories: methods and data
-- lead: What the Scope 3 Standard asks for by category (ch. 11): status with its reason, tonnes, biogenic CO2 apart, the share from data of suppliers or the company itself, the methods, where activity data and factors come from.
-- place: ghg_protocol
-- order: 10
-- columns: category=Category; status=Status; tonnes=t CO2e|3; biogenic=Biogenic CO2, t|3; supplier_data=Supplier or own data, %|1; methods=Methods; sources=Activity data; factors=Factors of
with line as (
    select scope3_category as category, sum(case when not is_biogenic then kg_co2e end) as kg, sum(case when is_biogenic then kg_co2e end) as biogenic_kg,
        sum(case when not is_biogenic and data_origin in ('own', 'supplier_specific') then kg_co2e else 0 end) as primary_kg,
        case when count(distinct source_id) > 4 then count(distinct source_id) || ' sources' else string_agg(distinct source_id, ', ' order by source_id) end as sources, string_agg(distinct factor_publisher, ', ' order by factor_publisher) as factors,
        string_agg(distinct case when activity_type like 'spend.%' or activity_type like 'capital.%' then 'spend-based' when data_origin = 'supplier_specific' then 'supplier-specific'
            else 'average data' end, ', ' order by case when activity_type like 'spend.%' or activity_type like 'capital.%' then 'spend-based' when data_origin = 'supplier_specific'
            then 'supplier-specific' else 'average data' end) as methods
    from ledger
    where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and role = 'inventory' and scope = '3' and basis in ('both', 'location')
    group by scope3_category
)
select c.category || ' ' || c.label as category, replace(c.status, '_', ' ') || case when c.reason <> '' then ': ' || c.reason else '' end as status,
    case when f.status not in ('withheld', 'not_reported', 'not_material') then f.value end as tonnes, case when f.status <> 'withheld' then cast(l.biogenic_kg * 0.001 as decimal(38,12)) end as biogenic,
    case when f.status <> 'withheld' and l.kg <> 0 then cast(share_of(cast(l.primary_kg as decimal(38,12)), cast(l.kg as decimal(38,12))) * 100 as decimal(18,9)) end as supplier_data,
    coalesce(l.methods, '') as methods, coalesce(l.sources, '') as sources, coalesce(l.factors, '') as factors
from scope3_category c
left join line l on l.category = c.category
left join figure f on f.figure_id = 'ghg_protocol/scope3_by_category/category=' || c.category and f.period = getvariable('period')
order by length(c.category), c.category
