-- rule: scope2/residual-mix-not-published
-- severity: note
-- stage: 36
-- fix: no action: the report discloses that the grid average stands in for the residual mix
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (8), R029
select distinct null as source_id, null as file_no, null as row_no, 'market:' || k.region as subject, 'market' as basis,
    'no residual mix is published for ' || k.region || ': ' || k.activity_type || ' that no instrument or supplier rate covers takes the grid average ' || r.factor_id as message
from resolution_key k join resolution r on r.resolution_key = k.resolution_key and r.rank = 1
join residual_rule m on m.region = k.region and m.residual_mix = 'not published'
join factor_head f on f.factor_id = r.factor_id
join activity_type t on t.activity_type = k.activity_type and t.carrier = 'electricity' and t.is_energy
where k.basis = 'market' and r.is_pinned = 0 and f.basis_of_factor not in ('market', 'residual')
