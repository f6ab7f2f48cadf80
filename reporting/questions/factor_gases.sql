-- The gases of one factor: the cell as printed, the value as used. Parameters: set_id, factor_id.
select gas, is_biogenic, published_value, published_unit, value, value_as, per_unit, uncertainty, citation
from factor
where set_id = $set_id and factor_id = $factor_id
order by is_biogenic, gas
