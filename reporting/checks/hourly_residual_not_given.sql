-- rule: hourly/residual-not-given
-- severity: note
-- stage: 65
-- of: hourly_region
-- fix: no action, or add an hourly series of kind residual for the region
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (8), R029
select null as source_id, null as file_no, null as row_no, 'hourly:region ' || r.region as subject, 'both' as basis,
    'no hourly residual mix is given for ' || r.region || ': hours that no instrument covers take the intensity of the grid' as message
from hourly_region r anti join hourly_region q on q.region = r.region and q.kind = 'residual' where r.kind = 'grid'
