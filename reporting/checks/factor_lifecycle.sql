-- rule: factor/lifecycle-fallback
-- severity: warning
-- stage: 36
-- fix: load a direct factor for the country; upstream rows that the factor already contains are suppressed
-- citation: GHG Protocol Scope 2 Guidance ch. 6
select null as source_id, null as file_no, null as row_no, 'factor:' || p.factor_id as subject, p.basis,
    p.activity_type || ' in ' || p.region || ' has no direct factor and is priced with the life-cycle factor ' || p.factor_id as message
from price p join resolution r on r.resolution_key = p.resolution_key and r.rank = 1
where r.boundary <> r.boundary_asked and r.is_pinned = 0 group by p.factor_id, p.basis, p.activity_type, p.region
