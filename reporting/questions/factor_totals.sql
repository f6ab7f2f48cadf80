-- CO2e of one unit under each GWP set, oldest first. Parameters: set_id, factor_id.
select gwp_set, kg_co2e, biogenic_kg_co2, missing_gases
from factor_total
where set_id = $set_id and factor_id = $factor_id
order by array_position(['SAR', 'TAR', 'AR4', 'AR5', 'AR6'], gwp_set), gwp_set
