-- CO2e of one unit by the GWPs that no view may take: 20 and 500 years, and AR5 with climate-carbon feedbacks. Parameters: set_id, factor_id.
-- Only masses of gases have one; what was published as CO2e rests on 100 years and cannot be turned. Biogenic CO2 stays apart.
select s.gwp_set, s.horizon_years,
    case when bool_or(f.value_as = 'kg_co2e' and f.gas <> 'CO2' or g.value is null) then null
        else sum(cast(f.value * g.value as decimal(38,14))) end as kg_co2e,
    coalesce(list(distinct f.gas order by f.gas) filter (where f.value_as = 'kg_co2e' and f.gas <> 'CO2' or g.value is null), []) as missing_gases
from factor f
cross join (select distinct gwp_set, horizon_years from gwp where gwp_set not in ('SAR', 'TAR', 'AR4', 'AR5', 'AR6')) s
left join gwp g on g.gwp_set = s.gwp_set and g.gas = f.gas
where f.set_id = $set_id and f.factor_id = $factor_id and not f.is_biogenic
group by s.gwp_set, s.horizon_years
order by s.horizon_years, s.gwp_set
