-- One factor without its gases. Parameters: set_id, factor_id.
select distinct f.factor_id, f.label, f.activity_type, f.region, coalesce(r.name, '') as region_name, f.supplier, f.valid_from, f.valid_to, f.basis, f.boundary,
    f.per_unit, f.price_year
from factor f left join region r on r.region = f.region
where f.set_id = $set_id and f.factor_id = $factor_id
