-- rule: boundary/colocation-overhead
-- severity: warning
-- stage: 29
-- fix: say `colocation_overhead: scope_2` or `colocation_overhead: category_8` in inventory.yaml
-- citation: GHG Protocol Scope 2 Guidance, ch. 5; Scope 3 Standard Appendix A
select null as source_id, null as file_no, null as row_no, 'site:' || a.site as subject, 'both' as basis,
    'energy of IT equipment in colocation is raised by the PUE of the site, and no policy says where the landlord''s overhead counts; it is in Scope 2' as message
from activity a join setting s on s.name = 'colocation_overhead' and s.value = ''
where a.hosting = 'colocation' and a.derivation = 'replaces' and a.measurement_point = 'facility' group by a.site
