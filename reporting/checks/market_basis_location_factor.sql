-- rule: scope2/market-basis-takes-location-factor
-- severity: note
-- stage: 36
-- fix: no action, or load the supplier's own rate as a factor of basis market
-- citation: GHG Protocol Scope 2 Guidance ch. 7, R020
select distinct null as source_id, null as file_no, null as row_no, 'market:' || k.region || '/' || k.activity_type as subject, 'market' as basis,
    k.activity_type || ' in ' || k.region || ' takes the location factor ' || r.factor_id || ' on the market basis: no contractual rate is loaded for it' as message
from resolution_key k join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
join factor_head f on f.factor_id = r.factor_id
join activity_type t on t.activity_type = k.activity_type
where k.basis = 'market' and r.is_pinned = 0 and t.is_energy and t.carrier <> 'electricity' and f.basis_of_factor not in ('market', 'residual')
